import type { RuleLoader } from '../rule/rule.ts';
import type { Policy, Principle } from './policy.ts';

const RULE = 'duplicate-keys';

/**
 * Of two keys that are the same, one is lost in silence, whatever a policy is about: one that does not name the rule has a
 * principle for it nevertheless, unless it says `severity: off`.
 */
export async function withImpliedPrinciple(policy: Policy, load: RuleLoader | undefined): Promise<Policy> {
  const named = [...policy.principles, ...policy.disabled];
  if (load === undefined || named.some(isAbout)) return policy;
  const { default: rule } = await load();
  const principle: Principle = {
    // An id that the policy uses for something else is taken.
    id: named.some(({ id }) => id === RULE) ? `${RULE}-in-yaml` : RULE,
    clause: undefined,
    title: 'No key is set twice',
    rationale: undefined,
    severity: 'error',
    checks: [{ ruleId: RULE, rule, match: {}, options: {} }],
    isImplied: true,
  };
  return { ...policy, principles: [...policy.principles, principle] };
}

function isAbout({ checks, removed = [] }: Principle): boolean {
  return [...checks, ...removed].some(({ ruleId }) => ruleId === RULE);
}
