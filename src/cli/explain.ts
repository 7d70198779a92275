import { emptyPolicy } from '../policy/empty-policy.ts';
import type { Check, Principle } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';
import { nearMiss } from '../text/near-miss.ts';
import { printableLines } from '../text/printable.ts';
import { choosePolicy } from '../engine/policy/choose-policy.ts';
import { UserError } from '../engine/user-error.ts';
import type { PolicyArguments } from './arguments.ts';
import { failOnPolicyErrors } from './policy-errors.ts';
import { RULE_PAGES } from './rule-pages.generated.ts';
import type { Terminal } from './terminal.ts';

/** `chartlint explain NAME`: the page of a rule, and what the policy says of a principle of that name. */
export async function runExplain(
  { name, ...args }: PolicyArguments & { readonly name: string },
  terminal: Terminal,
  rules: Rules,
): Promise<number> {
  const page = RULE_PAGES.get(name);
  const chosen = await choosePolicy(args, ['.'], terminal.workingDirectory, rules);
  // A page can be read whatever is wrong with the policy.
  const policy =
    page === undefined ? failOnPolicyErrors(chosen) : (chosen.policy ?? emptyPolicy(chosen.choice.join(', ')));
  const principle = [...policy.principles, ...policy.disabled].find(({ id }) => id === name);
  if (page === undefined && principle === undefined) {
    const known = [...RULE_PAGES.keys(), ...policy.principles.map(({ id }) => id)];
    const meant = nearMiss(name, known);
    const hint = meant === undefined ? 'Run chartlint rules or chartlint policy for a list.' : `Did you mean ${meant}?`;
    throw new UserError(`${name} is neither a rule nor a principle of the policy ${policy.name}. ${hint}`);
  }
  const texts = [page, principle && describePrinciple(principle)].filter((text) => text !== undefined);
  terminal.writeOut(texts.join('\n'));
  return 0;
}

function describeCheck({ id, ruleId, rule, severity, match }: Check): string {
  const name = id === undefined ? ruleId : `${ruleId} (${id})`;
  const own = severity === undefined ? '' : ` Severity: ${severity}.`;
  const some = Object.keys(match).length === 0 ? '' : ` Only some objects: ${JSON.stringify(match)}.`;
  return `- ${name}: ${rule.meta.summary}.${own}${some}`;
}

function describePrinciple({ id, clause, title, rationale, severity, checks }: Principle): string {
  const heading = clause === undefined ? title : `${title} (clause ${clause})`;
  const uses = checks.map(describeCheck);
  const parts = [
    `# ${id}`,
    `${heading}.`,
    ...(severity === undefined ? [] : [`Severity: ${severity}.`]),
    ...(rationale === undefined ? [] : [rationale]),
    `## Checks\n\n${uses.join('\n')}`,
    'Run chartlint explain RULE for details, and chartlint policy to see the options.',
  ];
  return `${printableLines(parts.join('\n\n'))}\n`;
}
