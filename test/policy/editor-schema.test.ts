import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { buildPolicySchema } from '../../src/policy/editor-schema.ts';
import { POLICY_SCHEMA, type SchemaNode } from '../../src/policy/policy-schema.ts';
import { SourceText } from '../../src/text/source.ts';
import { toValue } from '../../src/yaml/node.ts';
import { parseDocuments } from '../../src/yaml/parse.ts';
import { dependenciesWith } from './policy-fixture.ts';

const { registry, builtIns } = dependenciesWith({});
const rules = new Map(await Promise.all([...registry].map(async ([id, load]) => [id, (await load()).rule] as const)));

function compile(): ValidateFunction {
  return new Ajv({ allErrors: true, allowUnionTypes: true, keywords: ['enumDescriptions'] }).compile(
    buildPolicySchema(rules),
  );
}

function parse(text: string): unknown {
  for (const { document } of parseDocuments(new SourceText('policy.yaml', text), 'core')) {
    if (document?.root !== undefined) return toValue(document.root);
  }
  throw new Error('No document.');
}

/** The places where the schema finds something wrong. */
function placesOf(text: string): string[] {
  const validate = compile();
  validate(parse(text));
  return [
    ...new Set(
      (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(({ instancePath }) => instancePath),
    ),
  ];
}

const check = (body: string): string => `version: 1\nprinciples: { a: { title: A, checks: [{ ${body} }] } }\n`;
const AT = '/principles/a/checks/0';

describe('the schema for editors', () => {
  it('accepts policies', async () => {
    const texts = await Promise.all([...builtIns.values()].map((load) => load()));
    for (const text of [...texts, 'version: 1\nenvironments:\n  dev:\nignore:\n']) expect(placesOf(text)).toEqual([]);
    expect(placesOf(check('rule: required-keys, with: { mode: any }'))).toEqual([]);
  });

  it('knows the rules and their options', () => {
    expect(placesOf(check('rule: required-key'))).toEqual([`${AT}/rule`]);
    expect(placesOf(check('rule: required-keys, with: { alow: [] }'))).toEqual([`${AT}/with`]);
    expect(placesOf(check('rule: required-keys, with: { keys: A }'))).toEqual([`${AT}/with/keys`]);
    expect(placesOf(check('rule: probe-budget, with: { paths: { a: { foo: 1 } } }'))).toEqual([`${AT}/with/paths/a`]);
    expect(placesOf(check('rule: no-options, with: { a: 1 }'))).toEqual([`${AT}/with`]);
  });

  it('describes every rule', () => {
    const text = JSON.stringify(buildPolicySchema(rules));
    expect(text).toContain('"enum":["required-keys","probe-budget","no-options"]');
    expect(text).toContain('"enumDescriptions":["Require keys. It breaks otherwise."');
    expect(text).toContain('"title":"Options of required-keys"');
  });
});

describe('the schema of policy files', () => {
  it('describes everything in full sentences', () => {
    const check = (node: SchemaNode, path: string): void => {
      expect(node.description ?? '', path).toMatch(/^[A-Z].*\.$/);
      for (const [key, property] of Object.entries(node.properties ?? {})) check(property, `${path}/${key}`);
      if (typeof node.additionalProperties === 'object') check(node.additionalProperties, `${path}/*`);
      if (node.items !== undefined) check(node.items, `${path}[]`);
    };
    check(POLICY_SCHEMA, '');
  });
});
