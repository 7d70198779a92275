import { loadRules } from '../rule/load-rules.ts';
import type { Rules } from '../rule/rule.ts';
import type { Check, Policy, Principle } from './policy.ts';

/** A policy that was merged and validated when chartlint was built. Its checks name their rules. */
export interface CompiledPolicy extends Omit<Policy, 'file' | 'principles' | 'disabled'> {
  readonly principles: readonly CompiledPrinciple[];
  readonly disabled: readonly CompiledPrinciple[];
}

/** One of the built-in policies: what it is about, and what brings it in. */
export interface BuiltInPolicy {
  readonly title: string;
  readonly load: () => Promise<{ readonly default: CompiledPolicy }>;
}

interface CompiledPrinciple {
  readonly id: string;
  readonly clause?: string;
  readonly title: string;
  readonly rationale?: string;
  readonly severity?: Principle['severity'];
  readonly checks: readonly Omit<Check, 'rule'>[];
  readonly removed?: readonly Omit<Check, 'rule'>[];
}

/** Loads the rules that a compiled policy names, and puts them into it. */
export async function linkPolicy(compiled: CompiledPolicy, rules: Rules): Promise<Policy> {
  const principles = [...compiled.principles, ...compiled.disabled];
  const named = principles.flatMap(({ checks, removed = [] }) => [...checks, ...removed].map(({ ruleId }) => ruleId));
  const loaded = await loadRules(rules, named);
  return {
    ...compiled,
    file: undefined,
    principles: compiled.principles.map(link),
    disabled: compiled.disabled.map(link),
  };

  function link({ id, clause, title, rationale, severity, checks, removed }: CompiledPrinciple): Principle {
    return {
      id,
      clause,
      title,
      rationale,
      severity,
      checks: checks.flatMap(linkCheck),
      ...(removed !== undefined && { removed: removed.flatMap(linkCheck) }),
    };
  }

  function linkCheck(check: Omit<Check, 'rule'>): Check[] {
    const rule = loaded.get(check.ruleId);
    return rule === undefined ? [] : [{ ...check, rule }];
  }
}
