import { BUILT_IN_POLICIES } from '../policy/built-in.generated.ts';
import { jsonText } from '../report/json.ts';
import type { ListArguments } from './arguments.ts';
import { fitLine, type Terminal } from './terminal.ts';

/** `chartlint policies`: one line for each built-in policy, with what it is about and its number of checks. */
export async function runPolicies({ format }: ListArguments, terminal: Terminal): Promise<number> {
  const policies = await Promise.all(
    [...BUILT_IN_POLICIES].map(async ([name, { title, load }]) => {
      const { principles } = (await load()).default;
      const checks = principles.reduce((sum, principle) => sum + principle.checks.length, 0);
      return { name, title, principles: principles.length, checks };
    }),
  );
  if (format === 'json') {
    terminal.writeOut(jsonText(policies));
    return 0;
  }
  const nameWidth = Math.max(...policies.map(({ name }) => name.length));
  const countWidth = Math.max(...policies.map(({ checks }) => String(checks).length));
  const lines = policies.map(({ name, title, checks }) => {
    return fitLine(`${name.padEnd(nameWidth)}  ${String(checks).padStart(countWidth)} checks  ${title}`, terminal);
  });
  terminal.writeOut(`${lines.join('\n')}\n`);
  return 0;
}
