import { describe, expect, it } from 'vitest';
import { DefinedKinds } from '../../../src/kube/custom-resources/custom-kinds.ts';
import { loadCustomResources } from '../../../src/kube/custom-resources/custom-resources.ts';
import type { CustomKind } from '../../../src/kube/custom-resources/definition.ts';
import type { CustomResourceIssue } from '../../../src/kube/custom-resources/issues.ts';
import { Schema } from '../../../src/kube/custom-resources/schema.ts';
import { rootsOf } from './roots.ts';

const NAMED = { apiVersion: 'example.com/v1', kind: 'Thing' };

interface Options {
  readonly isJsonSchema?: boolean;
  readonly kubeVersion?: string;
}

/** What is said of `spec` for its schema. */
async function judge(schema: string, spec: string, options: Options = {}): Promise<readonly CustomResourceIssue[]> {
  const { isJsonSchema = false, kubeVersion } = options;
  const [root] = rootsOf(`{type: object, properties: {spec: ${schema}}}`);
  const [object] = rootsOf(`{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, spec: ${spec}}`);
  if (root === undefined || object === undefined) throw new Error('The test is empty.');
  const version = { name: 'v1', isServed: true, hasStatusSubresource: false, scale: undefined };
  const kind: CustomKind = {
    group: 'example.com',
    kind: 'Thing',
    isComplete: !isJsonSchema,
    preservesUnknownFields: false,
    versions: [{ ...version, schema: Schema.of({ root, isJsonSchema }) }],
  };
  const resources = await loadCustomResources([NAMED], new DefinedKinds([kind]), { kubeVersion });
  return resources.judge(NAMED.apiVersion, NAMED.kind, object) ?? [];
}

function problemsOf(issues: readonly CustomResourceIssue[]): string[] {
  return issues.map((issue) => `${issue.path.join('.')} ${issue.by === 'validation' ? issue.problem : issue.problem}`);
}

describe('a custom resource', () => {
  it('is told the fields of which it must have one', async () => {
    const schema =
      '{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}';
    expect(problemsOf(await judge(schema, '{}'))).toEqual(['spec lacks a or b']);
    expect(problemsOf(await judge(schema, '{a: x, b: text}'))).toEqual([
      'spec has a and b, of which only one is allowed',
    ]);
    expect(problemsOf(await judge(schema, '{a: x}'))).toEqual([]);
  });

  it('is told one mistake once: a mistyped field is not missing, too', async () => {
    const schema = '{type: object, required: [image], properties: {image: {type: string}}}';
    const issues = await judge(schema, '{imgae: x}');
    expect(issues).toMatchObject([{ path: ['spec', 'imgae'], problem: 'unknown', suggestion: 'image' }]);
  });

  it('has its patterns read as RE2 reads them', async () => {
    expect(problemsOf(await judge(String.raw`{type: string, pattern: '^\z'}`, 'x'))).toHaveLength(1);
    // What RE2 does not know, the API server would not have taken.
    expect(problemsOf(await judge(`{type: string, pattern: '^(?=a)'}`, 'x'))).toEqual([]);
    // A search that takes too long says nothing.
    expect(problemsOf(await judge(`{type: string, pattern: '(?:a?){500}b'}`, 'a'.repeat(100_000)))).toEqual([]);
  });

  it('has formats checked since the version that checks them', async () => {
    const schema = '{type: string, format: k8s-short-name}';
    expect(await judge(schema, 'a_b', { kubeVersion: '1.33' })).toEqual([]);
    expect(await judge(schema, 'a_b', { kubeVersion: '1.34' })).toMatchObject([{ problem: 'format' }]);
  });

  it('is not asked transition rules, but those with an optional old self', async () => {
    const rule = (text: string): string => `{type: integer, x-kubernetes-validations: [${text}]}`;
    expect(await judge(rule('{rule: "self >= oldSelf && false"}'), '1')).toEqual([]);
    const optional = rule('{rule: "oldSelf.hasValue() && self >= oldSelf.value()", optionalOldSelf: true}');
    expect(await judge(optional, '1')).toHaveLength(1);
  });

  it('shows no secret in a message that is computed', async () => {
    const schema =
      '{type: object, properties: {token: {type: string}}, x-kubernetes-validations: ' +
      '[{rule: "false", messageExpression: "\'It is \' + self.token"}]}';
    const [issue] = await judge(schema, '{token: correct-horse}');
    expect(JSON.stringify(issue)).toContain('It is ');
    expect(JSON.stringify(issue)).not.toContain('correct-horse');
  });

  it('may be one that a JSON Schema describes, with references', async () => {
    const schema =
      '{type: object, additionalProperties: false, properties: {a: {$ref: "#/properties/spec/definitions/name"}, ' +
      'b: {$ref: "https://example.com/other.json"}, c: {exclusiveMinimum: 3}}, definitions: {name: {type: [string, "null"]}}}';
    expect(problemsOf(await judge(schema, '{a: null, b: [1], c: 4}', { isJsonSchema: true }))).toEqual([]);
    expect(problemsOf(await judge(schema, '{a: 5, c: 3, d: 1}', { isJsonSchema: true }))).toEqual([
      'spec.d unknown',
      'spec.a type',
      'spec.c is 3 or less',
    ]);
  });

  it('may have a schema that refers to itself', async () => {
    const schema =
      '{type: object, properties: {child: {$ref: "#/properties/spec"}, size: {type: integer}}, ' +
      'x-kubernetes-validations: [{rule: "self.size > 0"}]}';
    const issues = await judge(schema, '{size: 1, child: {size: text}}', { isJsonSchema: true });
    expect(problemsOf(issues)).toEqual(['spec.child.size type']);
  });
});
