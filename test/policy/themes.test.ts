import { describe, expect, it } from 'vitest';
import { readPeerChecks } from '../../scripts/peer-checks.mjs';
import { RULE_INDEX } from '../../src/cli/rule-index.generated.ts';
import { RULES } from '../../src/engine/registry.generated.ts';
import { BUILT_IN_POLICIES } from '../../src/policy/built-in.generated.ts';
import type { CompiledPolicy } from '../../src/policy/compiled.ts';
import { loadRules } from '../../src/rule/load-rules.ts';
import { ROOT } from '../cli/chartlint.ts';

/** Those of a team, with rules that others do not want. */
const TEAMS = ['observer'];

async function load(name: string): Promise<CompiledPolicy> {
  const policy = await BUILT_IN_POLICIES.get(name)?.load();
  if (policy === undefined) throw new Error(`There is no policy ${name}.`);
  return policy.default;
}

function rulesOf({ principles }: CompiledPolicy): string[] {
  return principles.flatMap(({ checks }) => checks.map(({ ruleId }) => ruleId));
}

describe.each([...BUILT_IN_POLICIES.keys()])('the policy %s', (name) => {
  it('says once what is wrong: no two checks are the same', async () => {
    const { principles } = await load(name);
    const checks = principles.flatMap((principle) =>
      principle.checks.map(({ ruleId, match, options }) => JSON.stringify([ruleId, match, options])),
    );
    expect(checks.filter((check, index) => checks.indexOf(check) !== index)).toEqual([]);
  });
});

it('strict has all rules of all themes, each once', async () => {
  const strict = rulesOf(await load('strict'));
  // Two uses of one rule would say the same twice, if its options allow it.
  const twice = strict.filter((rule, index) => strict.indexOf(rule) !== index);
  expect(twice).toEqual(['chart-required-fields']);
  for (const name of BUILT_IN_POLICIES.keys()) {
    if (TEAMS.includes(name)) continue;
    const missing = rulesOf(await load(name)).filter((rule) => !strict.includes(rule) && !SUBSUMED.has(rule));
    expect(missing, name).toEqual([]);
  }
});

/** What a stricter check of strict finds, too. */
const SUBSUMED = new Map([
  ['host-path-volumes', 'restricted-volume-types'],
  ['docker-socket-mount', 'restricted-volume-types'],
  ['seccomp-unconfined', 'seccomp-profile'],
  ['dangerous-capabilities', 'added-capabilities'],
  ['sensitive-host-mounts', 'restricted-volume-types'],
  ['writable-host-mount', 'restricted-volume-types'],
]);

it('the stricter checks are in strict', async () => {
  const strict = rulesOf(await load('strict'));
  for (const stricter of SUBSUMED.values()) expect(strict).toContain(stricter);
});

/** What two linters check by default and best-practices does not, because another check of it finds the same. */
const OTHERWISE = new Map([
  ['drop-net-raw-capability', 'drop-all-capabilities'],
  ['no-added-capabilities', 'dangerous-capabilities'],
  ['sensitive-host-mounts', 'host-path-volumes'],
  ['security-context-set', 'drop-all-capabilities'],
]);

it('best-practices has what at least two other linters check by default', async () => {
  const own = rulesOf(await load('best-practices'));
  const checks = readPeerChecks(ROOT).filter(({ id, initial }) => {
    return !['off', 'template'].includes(initial) && !/^(?:pod-security|kubeconform)\//.test(id);
  });
  const missing = RULE_INDEX.filter(({ id, covers }) => {
    const found = checks.filter((check) => covers.includes(check.id) || check.home === id);
    const linters = new Set(found.map((check) => check.id.split('/')[0]));
    return linters.size >= 2 && !own.includes(OTHERWISE.get(id) ?? id);
  });
  expect(missing.map(({ id }) => id)).toEqual([]);
});

it('the rules that say they are recommended are those of the policy recommended', async () => {
  const rules = await loadRules(RULES);
  const marked = [...rules].filter(([, { meta }]) => meta.recommended).map(([id]) => id);
  expect(marked.toSorted()).toEqual([...new Set(rulesOf(await load('recommended')))].toSorted());
});
