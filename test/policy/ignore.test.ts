import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyIgnores, type IgnorableFinding } from '../../src/policy/ignore.ts';
import type { Ignore } from '../../src/policy/policy.ts';

const TODAY = '2027-03-01';

const PLACE = { file: 'chartlint.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };

function ignore(parts: Partial<Ignore>): Ignore {
  return {
    principle: undefined,
    rule: undefined,
    resource: undefined,
    path: undefined,
    until: undefined,
    reason: 'Accepted.',
    place: PLACE,
    ...parts,
  };
}

const FINDING: IgnorableFinding = {
  principle: 'host-path',
  rule: 'host-path-allowed',
  resource: { kind: 'Deployment', name: 'observer-web' },
  path: ['spec', 'template', 'spec', 'volumes', 0, 'hostPath'],
};

/** Whether an ignore with these parts suppresses the finding. */
function suppresses(parts: Partial<Ignore>, finding: IgnorableFinding = FINDING): boolean {
  return applyIgnores([finding], [ignore(parts)], TODAY).findings[0]?.suppressed !== undefined;
}

describe('applyIgnores', () => {
  it('marks what matches with the reason, and keeps the rest', () => {
    const other = { ...FINDING, principle: 'pvc-names' };
    const { findings, unused, expired } = applyIgnores([other, FINDING], [ignore({ principle: 'host-path' })], TODAY);
    expect(findings).toEqual([other, { ...FINDING, suppressed: { by: 'policy', reason: 'Accepted.' } }]);
    expect([unused, expired]).toEqual([[], []]);
  });

  it('matches principles, rules and resources', () => {
    expect(suppresses({ principle: 'host-path' })).toBe(true);
    expect(suppresses({ principle: 'host' })).toBe(false);
    expect(suppresses({ rule: 'host-path-allowed' })).toBe(true);
    expect(suppresses({ rule: 'host-path-allowed', principle: 'pvc-names' })).toBe(false);
    expect(suppresses({ resource: 'Deployment/observer-web' })).toBe(true);
    expect(suppresses({ resource: '*/observer-*' })).toBe(true);
    expect(suppresses({ resource: 'Deployment/observer' })).toBe(false);
    expect(suppresses({ resource: 'StatefulSet/*' })).toBe(false);
    expect(suppresses({ resource: '*/*' }, { ...FINDING, resource: undefined })).toBe(false);
  });

  it('matches a path and all below it', () => {
    expect(suppresses({ path: ['spec'] })).toBe(true);
    expect(suppresses({ path: ['spec', 'template', 'spec', 'volumes', 0, 'hostPath'] })).toBe(true);
    expect(suppresses({ path: ['spec', '*', 'spec', 'volumes', '0'] })).toBe(true);
    expect(suppresses({ path: ['spec', 'template', 'spec', 'volumes', 1] })).toBe(false);
    expect(suppresses({ path: ['template'] })).toBe(false);
    expect(suppresses({ path: [...FINDING.path, 'type'] })).toBe(false);
    expect(suppresses({ path: ['data', 8080] }, { ...FINDING, path: ['data', '8080'] })).toBe(true);
    expect(suppresses({ path: ['spec'] }, { ...FINDING, path: [] })).toBe(false);
  });

  it('counts on its last day and not after', () => {
    expect(suppresses({ rule: FINDING.rule, until: '2027-03-01' })).toBe(true);
    const old = ignore({ rule: FINDING.rule, until: '2027-02-28' });
    expect(applyIgnores([FINDING], [old], TODAY)).toEqual({
      findings: [FINDING],
      used: [],
      unused: [],
      expired: [old],
    });
  });

  it('tells which ignores match nothing', () => {
    const first = ignore({ principle: 'host-path' });
    const second = ignore({ rule: 'host-path-allowed', reason: 'Also.' });
    const none = ignore({ principle: 'pvc-names' });
    const { used, unused, findings } = applyIgnores([FINDING], [first, none, second], TODAY);
    expect([used, unused]).toEqual([[first, second], [none]]);
    expect(findings[0]?.suppressed?.reason).toBe('Accepted.');
  });

  it('leaves what is suppressed already as it is', () => {
    const suppressed = { ...FINDING, suppressed: { by: 'comment', reason: 'Said there.' } };
    const accepted = ignore({ principle: 'host-path' });
    const result = applyIgnores([suppressed], [accepted], TODAY);
    expect(result).toEqual({ findings: [suppressed], used: [accepted], unused: [], expired: [] });
  });

  it('never adds, removes, reorders or unsuppresses a finding', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(fc.oneof(word, fc.constantFrom(0, 1)), { maxLength: 3 });
    const findings = fc.array(
      fc.record({
        principle: word,
        rule: word,
        resource: fc.option(fc.record({ kind: word, name: word }), { nil: undefined }),
        path,
        suppressed: fc.option(fc.constant({ by: 'comment', reason: 'x' }), { nil: undefined }),
      }),
    );
    const ignores = fc.array(
      fc
        .record({
          principle: fc.option(word, { nil: undefined }),
          resource: fc.constantFrom(undefined, '*/*', 'a/b', 'b/*'),
          path: fc.option(path, { nil: undefined }),
          until: fc.constantFrom(undefined, '2026-01-01', '2028-01-01'),
        })
        .map(ignore),
    );
    fc.assert(
      fc.property(findings, ignores, (given, policy) => {
        const result = applyIgnores(given, policy, TODAY);
        expect(result.findings.map((finding, index) => ({ ...finding, suppressed: given[index]?.suppressed }))).toEqual(
          given,
        );
        const kept = given.map(({ suppressed }, index) => suppressed ?? result.findings[index]?.suppressed);
        expect(result.findings.map(({ suppressed }) => suppressed)).toEqual(kept);
        expect(result.unused.length + result.expired.length).toBeLessThanOrEqual(policy.length);
      }),
    );
  });
});
