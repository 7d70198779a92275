import { loadRules } from '../rule/load-rules.ts';
import type { Rules } from '../rule/rule.ts';
import { widthOf, type Terminal } from './terminal.ts';

/** `chartlint rules`: one line for each rule. */
export async function runRules(terminal: Terminal, rules: Rules): Promise<number> {
  const idWidth = Math.max(...[...rules.keys()].map((id) => id.length));
  const lines = [...(await loadRules(rules))].map(([id, rule]) => {
    const { severity, recommended, summary } = rule.meta;
    const line = `${id.padEnd(idWidth)}  ${severity.padEnd(7)}  ${recommended ? 'recommended' : '           '}  ${summary}`;
    const width = terminal.isInteractive ? widthOf(terminal) : Infinity;
    return line.length > width ? `${line.slice(0, width - 1)}…` : line;
  });
  terminal.writeOut(`${lines.join('\n')}\n`);
  return 0;
}
