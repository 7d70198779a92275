import { IGNORES_PRINCIPLE, IGNORES_TITLE } from '../../policy/ignores-principle.ts';
import type { Policy, Principle } from '../../policy/policy.ts';
import type { Finding, PrincipleResult, Result } from '../result.ts';

/** How many findings there are of each severity, and how many do not count. */
export function countFindings(
  findings: readonly Finding[],
): Pick<Result['summary'], 'errors' | 'warnings' | 'infos' | 'suppressed'> {
  const counts = { errors: 0, warnings: 0, infos: 0, suppressed: 0 };
  for (const { severity, suppressed } of findings)
    counts[suppressed === undefined ? (`${severity}s` as const) : 'suppressed']++;
  return counts;
}

/**
 * What became of each principle of a policy.
 * @param applied ids of those of which at least one check had a subject
 */
export function principleResults(
  policy: Policy,
  applied: ReadonlySet<string>,
  findings: readonly Finding[],
): PrincipleResult[] {
  const counts = new Map<string, number>();
  for (const { principle, suppressed } of findings) {
    if (suppressed === undefined) counts.set(principle, (counts.get(principle) ?? 0) + 1);
  }
  const results = shownPrinciples(policy, findings).map(({ id, clause, title }): PrincipleResult => {
    const count = counts.get(id) ?? 0;
    return {
      id,
      clause,
      title,
      status: count > 0 ? 'failed' : applied.has(id) ? 'passed' : 'not-applicable',
      findings: count,
    };
  });
  const count = counts.get(IGNORES_PRINCIPLE);
  if (count !== undefined) {
    results.push({ id: IGNORES_PRINCIPLE, clause: undefined, title: IGNORES_TITLE, status: 'failed', findings: count });
  }
  return results;
}

/** Those that the policy names, and of those that hold anyway the broken ones. */
export function shownPrinciples({ principles }: Policy, findings: readonly Finding[]): Principle[] {
  const broken = new Set(findings.map(({ principle }) => principle));
  return principles.filter(({ id, isImplied }) => isImplied !== true || broken.has(id));
}
