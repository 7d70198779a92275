import type { Policy } from '../../policy/policy.ts';
import { nearMiss } from '../../text/near-miss.ts';
import { UserError } from '../user-error.ts';

/** Ids of principles and rules. */
export interface Selection {
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
}

/**
 * The part of a policy that a selection leaves.
 * @throws UserError when the policy has no such principle or rule
 */
export function selectChecks(policy: Policy, { only = [], skip = [] }: Selection): Policy {
  if (only.length === 0 && skip.length === 0) return policy;
  const known = listPrincipleIds({ principles: [...policy.principles, ...policy.disabled] });
  for (const id of [...only, ...skip]) {
    if (known.has(id)) continue;
    const meant = nearMiss(id, known);
    const hint = meant === undefined ? 'chartlint policy lists them.' : `Did you mean ${meant}?`;
    throw new UserError(`The policy ${policy.name} has no principle or rule ${id}. ${hint}`);
  }
  const isKept = (...ids: readonly string[]): boolean =>
    (only.length === 0 || ids.some((id) => only.includes(id))) && !ids.some((id) => skip.includes(id));
  const principles = policy.principles
    .map((principle) => ({
      ...principle,
      checks: principle.checks.filter(({ ruleId }) => isKept(principle.id, ruleId)),
    }))
    .filter(({ checks }) => checks.length > 0);
  const kept = listPrincipleIds({ principles });
  const ignores = policy.ignores.filter(
    ({ principle, rule }) => (principle === undefined || kept.has(principle)) && (rule === undefined || kept.has(rule)),
  );
  return { ...policy, principles, ignores };
}

function listPrincipleIds({ principles }: Pick<Policy, 'principles'>): Set<string> {
  return new Set(
    principles.flatMap(({ id, checks, removed = [] }) => [id, ...[...checks, ...removed].map(({ ruleId }) => ruleId)]),
  );
}
