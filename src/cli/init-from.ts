import { basename, join, relative, resolve } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import { leftLines } from '../engine/init/peers/left-lines.ts';
import { takeOver, type TakenPolicy } from '../engine/init/peers/take-over.ts';
import { entryKind } from '../policy/find.ts';
import { count } from '../report/count.ts';
import type { Rules } from '../rule/rule.ts';
import { printable } from '../text/printable.ts';
import type { InitArguments } from './arguments.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

/** `chartlint init [FOLDER] --from PEER`: writes a policy with the checks and exemptions of another linter. */
export async function runInitFrom(
  { chart = '.', from, force }: InitArguments & { readonly from: string },
  { workingDirectory, now, writeOut }: Terminal,
  rules: Rules,
): Promise<number> {
  const folder = resolve(workingDirectory, chart);
  if (entryKind(folder) !== 'folder') {
    throw new UserError(`${chart} is not a folder. Specify the folder of a chart, or of charts and manifests.`);
  }
  const file = join(folder, 'chartlint.yaml');
  const shown = relative(workingDirectory, file).replaceAll('\\', '/');
  const other = join(folder, 'chartlint.yml');
  if (entryKind(other) !== undefined) {
    throw new UserError(`${shown.replace(/yaml$/, 'yml')} already exists. Rename it to ${basename(file)} first.`);
  }
  if (entryKind(file) !== undefined && !force) {
    throw new UserError(`${shown} already exists. Use --force to overwrite it.`);
  }
  const taken = await takeOver({ from, folder, file, workingDirectory, rules, now });
  writeWhole(file, taken.text, workingDirectory);
  writeOut(describe(shown, taken));
  writeOut(`Next: read it, and run chartlint ${chart}\n`);
  return 0;
}

function describe(shown: string, { title, files, checks, exemptions, unneeded, left }: TakenPolicy): string {
  const source = files.length === 0 ? 'its defaults' : files.join(', ');
  const accepted = exemptions === 0 ? '' : `, ${count(exemptions, 'exemption')}`;
  const dropped = unneeded === 0 ? '' : ` (${count(unneeded, 'exemption')} of what is not found left out)`;
  const lines = [
    `${shown}: ${count(checks, 'check')} of ${title} (${source})${accepted}${dropped}.`,
    ...(left.length === 0 ? [] : ['Not taken over:', ...leftLines(left).map((line) => `  ${line}`)]),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}
