import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/engine/registry.generated.ts';
import { BUILT_IN_TEXTS } from '../../src/policy/built-in-texts.generated.ts';
import { BUILT_IN_POLICIES } from '../../src/policy/built-in.generated.ts';
import { linkPolicy } from '../../src/policy/compiled.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { printPolicy } from '../../src/policy/print.ts';
import { validatePolicy } from '../../src/policy/validate-policy.generated.js';
import { compileOptions } from '../../src/rule/compile-options.ts';
import { formatError } from './policy-fixture.ts';

const registry = new Map(
  [...RULES].map(([id, loadRule]) => [
    id,
    async () => {
      const { default: rule } = await loadRule();
      return { rule, validateOptions: compileOptions(rule.meta.options) };
    },
  ]),
);

async function load(name: string, builtIns: ReadonlyMap<string, () => Promise<string>>): Promise<Policy> {
  const readFile = (path: string): Promise<string> => Promise.reject(new Error(`${path} is not built in`));
  const { policy, errors } = await loadPolicy(name, { registry, builtIns, validatePolicy, readFile });
  if (policy === undefined) throw new Error(errors.map(formatError).join('\n'));
  return policy;
}

describe.each([...BUILT_IN_TEXTS.keys()])('the built-in policy %s', (name) => {
  it('has no errors', async () => {
    const { principles } = await load(name, BUILT_IN_TEXTS);
    expect(principles).not.toEqual([]);
  });

  it('is compiled to what its file says', async () => {
    const compiled = await BUILT_IN_POLICIES.get(name)?.load();
    expect(compiled && (await linkPolicy(compiled.default, RULES))).toEqual(await load(name, BUILT_IN_TEXTS));
  });

  it('is read again as it is printed', async () => {
    const policy = await load(name, BUILT_IN_TEXTS);
    const again = await load(name, new Map([[name, async () => printPolicy(policy)]]));
    expect({ ...again, ignores: [] }).toEqual({ ...policy, ignores: [] });
    expect(again.ignores).toHaveLength(policy.ignores.length);
  });
});
