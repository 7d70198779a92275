import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { DefinedKinds } from '../../../src/kube/custom-resources/custom-kinds.ts';
import { loadCustomResources } from '../../../src/kube/custom-resources/custom-resources.ts';
import type { CustomKind } from '../../../src/kube/custom-resources/definition.ts';
import { Schema } from '../../../src/kube/custom-resources/schema.ts';
import { rootsOf } from '../custom-resources/roots.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/verdicts');
const { schema, values } = load(readFileSync(join(FOLDER, 'cel.yaml'), 'utf8')) as {
  readonly schema: object;
  readonly values: readonly object[];
};
const recorded = JSON.parse(readFileSync(join(FOLDER, 'cel.json'), 'utf8')) as readonly {
  readonly rule: string;
  readonly codes: readonly number[];
}[];

const KIND = { apiVersion: 'cel.example.com/v1', kind: 'Rule' };

/** Whether we refuse each of the values for a rule. */
async function judge(rule: string): Promise<boolean[]> {
  const fields = { field: { ...schema, 'x-kubernetes-validations': [{ rule }] } };
  const [root] = rootsOf(JSON.stringify({ type: 'object', properties: fields }));
  if (root === undefined) throw new Error('There is no schema.');
  const kind: CustomKind = {
    group: 'cel.example.com',
    kind: 'Rule',
    isComplete: true,
    preservesUnknownFields: false,
    versions: [
      {
        name: 'v1',
        isServed: true,
        schema: Schema.of({ root, isJsonSchema: false }),
        hasStatusSubresource: false,
        scale: undefined,
      },
    ],
  };
  const resources = await loadCustomResources([KIND], new DefinedKinds([kind]));
  return values.map((field) => {
    const [object] = rootsOf(JSON.stringify({ ...KIND, metadata: { name: 'x' }, field }));
    const issues = object && resources.judge(KIND.apiVersion, KIND.kind, object);
    if (issues === undefined) throw new Error('There is no schema.');
    return issues.length > 0;
  });
}

describe('rules in CEL, as a real API server evaluated them', () => {
  it('were recorded, and hold for some values only', () => {
    expect(recorded.length).toBeGreaterThan(200);
    const codes = recorded.flatMap((each) => each.codes);
    expect(codes.filter((code) => code === 201).length).toBeGreaterThan(200);
    expect(codes.filter((code) => code === 422).length).toBeGreaterThan(200);
  });

  it.each(recorded)('$rule', async ({ rule, codes }) => {
    expect(await judge(rule)).toEqual(codes.map((code) => code >= 300));
  });
});
