import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { printPolicy } from '../../src/policy/print.ts';
import { dependenciesWith, loadRight } from './policy-fixture.ts';

/** What two policies share that say the same in different files. */
function contentOf(policy: Policy): object {
  const { ignores, schemas } = policy;
  return {
    ...policy,
    file: undefined,
    ignores: ignores.map((ignore) => ({ ...ignore, place: undefined })),
    schemas: schemas.map((schema) => ({ ...schema, place: undefined })),
  };
}

async function reload(policy: Policy): Promise<object> {
  return contentOf(await loadRight(printPolicy(policy)));
}

describe('printPolicy', () => {
  it('prints a policy file without parents, with all options', async () => {
    const policy = await loadRight(`version: 1
name: mine
extends: [base]
release: { kubeVersion: v1.34.0 }
environments: { dev: { kubeVersion: '1.33.0' } }
schemas: [crds/*.yaml]
unknownKinds: error
workloads: [{ group: argoproj.io, kind: Rollout, template: [spec, template] }]
principles:
  startup: { severity: off }
ignore:
  - { rule: no-options, path: [spec, 0], reason: "Later: it moves.", until: 2027-03-01 }
`);
    expect(printPolicy(policy)).toBe(`version: 1
name: mine
release:
  name: base
  namespace: base
  kubeVersion: v1.34.0
environments:
  dev:
    values:
      - values-dev.yaml
    namespace: base-dev
    kubeVersion: 1.33.0
externals:
  - kind: Secret
    name: base-secret
schemas:
  - crds/*.yaml
unknownKinds: error
workloads:
  - group: argoproj.io
    kind: Rollout
    template:
      - spec
      - template
principles:
  config-keys:
    clause: "2.10"
    title: The keys are there
    rationale: Nothing starts without them.
    severity: error
    checks:
      - rule: required-keys
        match:
          kinds:
            - ConfigMap
          names:
            - base-*
        with:
          keys:
            - A
            - B
          allow:
            - C
          mode: all
      - rule: no-options
  startup:
    title: It starts
    severity: "off"
    checks:
      - rule: probe-budget
        with:
          seconds: 100
          exact: false
ignore:
  - principle: startup
    resource: Deployment/base
    reason: Base.
  - rule: no-options
    path:
      - spec
      - 0
    reason: "Later: it moves."
    until: "2027-03-01"
`);
    expect(await reload(policy)).toEqual(contentOf(policy));
  });

  it('prints an empty policy', async () => {
    expect(printPolicy(await loadRight('version: 1\n'))).toBe('version: 1\nname: policy.yaml\n');
  });

  it('prints built-in policies', async () => {
    const { policy } = await loadPolicy('base', dependenciesWith({}));
    if (policy === undefined) throw new Error('The policy has errors.');
    expect(await reload(policy)).toEqual(contentOf(policy));
  });

  it('prints any text so that it is read again', async () => {
    const base = await loadRight('version: 1\nextends: [base]\n');
    const tricky = fc.constantFrom(
      'off',
      'yes',
      '0x1F',
      '0b11',
      '0o17',
      '+1',
      '.5',
      '1e3',
      '~',
      'null',
      '<<',
      '=',
      '- a',
      'a: b',
      '# a',
      '2027-03-01',
      '1_000',
      '.inf',
    );
    const text = fc
      .oneof(tricky, fc.string({ unit: 'grapheme', maxLength: 30 }), fc.lorem({ maxCount: 40 }))
      .map((value) => value.trim())
      .filter((value) => value !== '');
    await fc.assert(
      fc.asyncProperty(text, text, fc.array(text, { minLength: 1, maxLength: 3 }), async (title, clause, keys) => {
        const [principle] = base.principles;
        const [check] = principle?.checks ?? [];
        if (principle === undefined || check === undefined) throw new Error('The policy has no check.');
        const options = { keys: keys.filter((key) => !/[\\^$.(|[]/.test(key)).concat('A'), allow: [], mode: 'all' };
        const changed = {
          ...principle,
          title,
          clause,
          rationale: `${title}\n\n${clause}`,
          checks: [{ ...check, options }],
        };
        const policy = { ...base, principles: [changed], ignores: [] };
        expect(await reload(policy)).toEqual(contentOf(policy));
      }),
      { numRuns: 300 },
    );
  });
});
