import type { Policy } from '../../policy/policy.ts';
import type { CheckedRule } from '../result.ts';

/** The rules that a policy checks, each with its principles. */
export function listCheckedRules({ principles }: Policy): CheckedRule[] {
  const rules = new Map<string, CheckedRule>();
  for (const { id: principle, checks } of principles) {
    for (const { ruleId: id, rule } of checks) {
      const others = rules.get(id)?.principles ?? [];
      if (!others.includes(principle)) rules.set(id, { id, rule, principles: [...others, principle] });
    }
  }
  return [...rules.values()];
}
