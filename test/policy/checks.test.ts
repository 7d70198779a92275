import { describe, expect, it } from 'vitest';
import { printPolicy } from '../../src/policy/print.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { dependenciesWith, errorsOf, formatError, loadRight } from './policy-fixture.ts';

/** A policy whose only principle has these checks. */
const withChecks = (...checks: readonly string[]): string =>
  `version: 1\nprinciples:\n  keys:\n    title: Keys\n    checks:\n${checks.map((check) => `      - ${check}\n`).join('')}`;

async function loadChild(parent: string, ...checks: readonly string[]) {
  const child = `version: 1\nextends: [./parent.yaml]\nprinciples:\n  keys:\n    checks:\n${checks.map((check) => `      - ${check}\n`).join('')}`;
  const { policy, errors } = await loadPolicy(
    './child.yaml',
    dependenciesWith({ 'child.yaml': child, 'parent.yaml': parent }),
  );
  return { policy, errors: errors.map(formatError), keys: policy?.principles.find(({ id }) => id === 'keys') };
}

const TWO = withChecks(
  '{ rule: probe-budget, id: web, match: { names: [web-*] }, with: { seconds: 10 } }',
  '{ rule: probe-budget, id: jobs, severity: info, match: { kinds: [Job] } }',
);

describe('a rule that a principle uses several times', () => {
  it('is told apart by an id', async () => {
    const { principles } = await loadRight(TWO);
    expect(principles[0]?.checks).toMatchObject([
      { id: 'web', ruleId: 'probe-budget', match: { names: ['web-*'] }, options: { seconds: 10 } },
      { id: 'jobs', severity: 'info', match: { kinds: ['Job'] }, options: { seconds: 150 } },
    ]);
  });

  it('needs the ids, and different ones', async () => {
    expect(await errorsOf(withChecks('{ rule: probe-budget }', '{ rule: probe-budget }'))).toEqual([
      'policy.yaml:7:17 Principle "keys" already has a check with rule "probe-budget". Merge the two, or give each an "id".',
    ]);
    expect(await errorsOf(withChecks('{ rule: probe-budget, id: a }', '{ rule: no-options, id: a }'))).toEqual([
      expect.stringContaining('policy.yaml:7:33 Principle "keys" already has a check with id "a". Choose another id.'),
      expect.stringContaining('has rule "probe-budget", not "no-options"'),
    ]);
    expect(await errorsOf(withChecks('{ rule: probe-budget }', '{ rule: probe-budget, id: other }'))).toEqual([]);
  });

  it('is merged by id', async () => {
    const { keys } = await loadChild(TWO, '{ rule: probe-budget, id: jobs, with: { seconds: 20 } }');
    expect(keys?.checks).toMatchObject([
      { id: 'web', options: { seconds: 10 } },
      { id: 'jobs', severity: 'info', match: { kinds: ['Job'] }, options: { seconds: 20 } },
    ]);
  });

  it('cannot be merged without one', async () => {
    const { errors } = await loadChild(TWO, '{ rule: probe-budget, with: { seconds: 20 } }');
    expect(errors).toEqual([
      'child.yaml:6:17 Principle "keys" has several checks with rule "probe-budget". Add an "id": "web", "jobs".',
    ]);
    const other = await loadChild(TWO, '{ rule: no-options, id: web }');
    expect(other.errors).toEqual([
      'child.yaml:6:33 The check "web" of principle "keys" has rule "probe-budget", not "no-options". Choose another id.',
    ]);
  });

  it('is merged by rule where the parent uses it once, whatever its id', async () => {
    const { keys } = await loadChild(
      withChecks('{ rule: probe-budget, id: web }'),
      '{ rule: probe-budget, with: { seconds: 20 } }',
    );
    expect(keys?.checks).toMatchObject([{ id: 'web', options: { seconds: 20 } }]);
  });

  it('is added to by a child that gives another id', async () => {
    const { keys } = await loadChild(withChecks('{ rule: probe-budget }'), '{ rule: probe-budget, id: web }');
    expect(keys?.checks.map(({ id }) => id)).toEqual([undefined, 'web']);
  });
});

describe('a check with severity off', () => {
  it('is removed, and only it', async () => {
    const { keys } = await loadChild(TWO, '{ rule: probe-budget, id: web, severity: off }');
    expect(keys?.checks.map(({ id }) => id)).toEqual(['jobs']);
    expect(keys?.removed?.map(({ id }) => id)).toEqual(['web']);
  });

  it('switches its principle off when it is the last one', async () => {
    const { policy } = await loadChild(withChecks('{ rule: probe-budget }'), '{ rule: probe-budget, severity: off }');
    expect(policy?.principles).toEqual([]);
    expect(policy?.disabled).toMatchObject([{ id: 'keys', checks: [{ ruleId: 'probe-budget' }] }]);
  });

  it('comes back when a grandchild gives it a severity', async () => {
    const { policy } = await loadPolicy(
      './c.yaml',
      dependenciesWith({
        'a.yaml': withChecks('{ rule: probe-budget }', '{ rule: no-options }'),
        'b.yaml': `version: 1\nextends: [./a.yaml]\nprinciples: { keys: { checks: [{ rule: no-options, severity: off }] } }\n`,
        'c.yaml': `version: 1\nextends: [./b.yaml]\nprinciples: { keys: { checks: [{ rule: no-options, severity: info }] } }\n`,
      }),
    );
    expect(policy?.principles[0]?.checks).toMatchObject([
      { ruleId: 'probe-budget' },
      { ruleId: 'no-options', severity: 'info' },
    ]);
  });
});

describe('a match', () => {
  const check = (match: string): string => withChecks(`{ rule: probe-budget, match: ${match} }`);

  it('has namespaces, annotations and what it leaves out', async () => {
    const { principles } = await loadRight(
      check('{ namespaces: ["prod-*"], not: { annotations: { helm.sh/hook: "*" }, containers: [istio-proxy] } }'),
    );
    expect(principles[0]?.checks[0]?.match).toEqual({
      namespaces: ['prod-*'],
      not: { annotations: { 'helm.sh/hook': '*' }, containers: ['istio-proxy'] },
    });
  });

  it('says what is wrong in what it leaves out', async () => {
    expect(await errorsOf(check('{ not: {} }'))).toEqual([
      'policy.yaml:6:40 "not" is empty: it would leave out every object. Name "kinds", "names" or others.',
    ]);
    expect(await errorsOf(check('{ not: { names: ["^a"] } }'))).toEqual([
      expect.stringContaining('"^a" is not a glob: names take globs'),
    ]);
    expect(await errorsOf(check('{ not: { not: { names: [a] } } }'))).toEqual([
      expect.stringContaining('Unknown key "not" in an exclusion.'),
    ]);
    const ofConfigMaps = withChecks(
      '{ rule: required-keys, match: { not: { containers: [a] } }, with: { keys: [A] } }',
    );
    expect(await errorsOf(ofConfigMaps)).toEqual([
      expect.stringContaining(
        '"containers" would have no effect: rule "required-keys" checks ConfigMap as a whole. Remove it.',
      ),
    ]);
  });
});

describe('the printed policy', () => {
  it('is the same policy, with ids, severities, matches and removed checks', async () => {
    const { policy } = await loadChild(
      TWO,
      '{ rule: probe-budget, id: web, severity: off }',
      '{ rule: no-options, severity: warning, match: { namespaces: [a], not: { kinds: [Job] } } }',
    );
    if (policy === undefined) throw new Error('It loads.');
    const again = await loadRight(printPolicy(policy));
    expect(again.principles).toEqual(policy.principles);
    expect(printPolicy(policy)).toContain('severity: "off"');
  });
});
