import type { CheckedRule, PrincipleResult, Result } from '../engine/result.ts';
import { redactText } from '../kube/redact.ts';
import { principleOf } from './finding-text.ts';
import { rulePage } from './rule-page.ts';

/** A `reportingDescriptor` (SARIF 2.1.0, 3.49), with all that GitHub's code scanning requires of it. */
export interface SarifRule {
  readonly id: string;
  readonly shortDescription: Text;
  readonly fullDescription: Text;
  readonly help: Text & { readonly markdown?: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: 'error' | 'warning' | 'note' };
  readonly properties: { readonly tags: readonly string[] };
}

interface Text {
  readonly text: string;
}

/** The rules of the policy, and what else findings are of: ignores that are no longer needed have no rule. */
export function sarifRules({ rules, principles: all, findings }: Result): SarifRule[] {
  const known = new Map(rules.map((rule) => [rule.id, toRule(rule, all)]));
  for (const finding of findings) {
    const { rule: id, principle, severity, message, help } = finding;
    if (known.has(id)) continue;
    const text = principleOf(finding, all)?.title ?? id;
    known.set(id, {
      id,
      shortDescription: { text },
      fullDescription: { text },
      help: { text: redactText(help === '' ? message : help) },
      defaultConfiguration: { level: severity === 'info' ? 'note' : severity },
      properties: { tags: [principle] },
    });
  }
  return [...known.values()];
}

function toRule({ id, rule, principles }: CheckedRule, all: readonly PrincipleResult[]): SarifRule {
  const { summary, why, help, references, severity } = rule.meta;
  const helps = typeof help === 'string' ? [help] : [...new Set(Object.values(help))];
  const [reference] = references;
  return {
    id,
    shortDescription: { text: `${summary}.` },
    fullDescription: { text: why },
    help: { text: [why, ...helps.map(readable)].join('\n\n'), markdown: rulePage(id, rule, []) },
    ...(reference === undefined ? {} : { helpUri: reference }),
    defaultConfiguration: { level: severity === 'info' ? 'note' : severity },
    properties: { tags: tagsOf(principles, all) },
  };
}

/** The principles that a rule serves, and the clauses that they come from: `secret-delegation`, `clause-2.2`. */
function tagsOf(principles: readonly string[], all: readonly PrincipleResult[]): string[] {
  const tags = principles.flatMap((id) => {
    const clauses = all.flatMap((principle) => (principle.id === id ? (principle.clause ?? []) : []));
    // One principle may come from several: `1.1, 3`.
    return [id, ...clauses.flatMap((clause) => clause.split(/,\s*/).map((part) => `clause-${part}`))];
  });
  return [...new Set(tags)];
}

/** `{{key}}` as a person writes it: `<key>`. */
function readable(text: string): string {
  return text.replace(/\{\{(\w+)\}\}/g, '<$1>');
}
