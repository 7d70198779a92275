import type { Policy } from '../../policy/policy.ts';
import { nearMiss } from '../../text/near-miss.ts';

/** Ids that an ignore may name: those of the policy, switched off or not, and those of all rules. */
export function knownIds({ principles, disabled }: Policy, ruleIds: Iterable<string>): Set<string> {
  return new Set([...listIds([...principles, ...disabled]), ...ruleIds]);
}

/**
 * Ids of which a run can tell whether an ignore is needed. A rule that this policy does not check may be checked by
 * another one that the file is linted under.
 */
export function judgedIds({ principles, disabled }: Policy): Set<string> {
  return new Set([...listIds(principles), ...disabled.map(({ id }) => id)]);
}

/** Why an ignore cannot name an id. */
export function explainUnknownId(id: string, { name }: Policy, known: Iterable<string>): string {
  const meant = nearMiss(id, known);
  const hint = meant === undefined ? 'chartlint policy and chartlint rules list them.' : `Did you mean ${meant}?`;
  return `The policy ${name} has no principle or rule ${id}, which this ignore names. ${hint}`;
}

function listIds(principles: Policy['principles']): string[] {
  return principles.flatMap(({ id, checks }) => [id, ...checks.map(({ ruleId }) => ruleId)]);
}
