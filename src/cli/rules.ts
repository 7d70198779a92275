import { jsonText } from '../report/json.ts';
import type { ListArguments } from './arguments.ts';
import type { RuleEntry } from './rule-entry.ts';
import { RULE_INDEX } from './rule-index.generated.ts';
import { fitLine, type Terminal } from './terminal.ts';

const RECOMMENDED = 'recommended';

/** `chartlint rules`: one line for each rule, by group, or all that there is to know of them as JSON. */
export function runRules({ format }: ListArguments, terminal: Terminal): number {
  terminal.writeOut(format === 'json' ? jsonText(RULE_INDEX) : listRules(terminal));
  return 0;
}

function listRules(terminal: Terminal): string {
  const idWidth = Math.max(...RULE_INDEX.map(({ id }) => id.length));
  const blocks = [...new Set(RULE_INDEX.map(({ group }) => group))].map((name) => {
    const rules = RULE_INDEX.filter(({ group }) => group === name);
    const lines = rules.map((rule) => fitLine(describe(rule, idWidth), terminal));
    return `${name}\n${lines.join('\n')}\n`;
  });
  return blocks.join('\n');
}

function describe({ id, severity, policies, summary }: RuleEntry, idWidth: number): string {
  const recommended = policies.includes(RECOMMENDED) ? RECOMMENDED : '';
  return `  ${id.padEnd(idWidth)}  ${severity.padEnd(7)}  ${recommended.padEnd(RECOMMENDED.length)}  ${summary}`;
}
