import { join, relative, resolve, sep } from 'node:path';
import { findCharts } from '../engine/inputs/find-charts.ts';
import { draftPolicy } from '../engine/init/init.ts';
import { isChart } from '../engine/inputs/owning-chart.ts';
import { isLibraryChart } from '../engine/inputs/chart-metadata.ts';
import { UserError } from '../engine/user-error.ts';
import { findPolicyFile, entryKind } from '../policy/find.ts';
import { count } from '../report/count.ts';
import type { Rules } from '../rule/rule.ts';
import type { InitArguments } from './arguments.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

/** `chartlint init [CHART]`: writes a policy that the chart passes today. Returns the exit status. */
export async function runInit(
  { chart: named, force }: InitArguments,
  terminal: Terminal,
  rules: Rules,
): Promise<number> {
  const { workingDirectory, now } = terminal;
  const chart = findChart(named ?? '.', workingDirectory);
  const nameOf = (path: string): string => relative(workingDirectory, path).split(sep).join('/') || '.';
  const file = join(chart, 'chartlint.yaml');
  const other = join(chart, 'chartlint.yml');
  if (entryKind(other) !== undefined)
    throw new UserError(`${nameOf(other)} already exists. Rename it to chartlint.yaml first.`);
  if (entryKind(file) !== undefined && !force) {
    throw new UserError(`${nameOf(file)} already exists. Use --force to overwrite it.`);
  }
  const above = findPolicyFile(join(chart, '..'));
  const { text, environments, holding, broken } = await draftPolicy({ chart, file, rules, now });
  writeWhole(file, text, workingDirectory);
  const left =
    broken === 0
      ? ''
      : `; ${count(broken, 'principle')} left out because ${broken === 1 ? 'it does' : 'they do'} not hold today`;
  terminal.writeOut(
    `${nameOf(file)}: ${count(holding, 'principle')} that hold${holding === 1 ? 's' : ''} in ${count(environments, 'environment')}${left}.\n`,
  );
  if (above !== undefined) {
    terminal.writeOut(`The policy ${nameOf(above)} no longer applies to this chart; add it with extends.\n`);
  }
  terminal.writeOut(`Next: read it, and run chartlint ${shellWord(nameOf(chart))}\n`);
  return 0;
}

function findChart(named: string, workingDirectory: string): string {
  const path = resolve(workingDirectory, named);
  if (isChart(path)) return path;
  if (entryKind(path) !== 'folder') throw new UserError(`${named} is not a folder. Specify the folder of a chart.`);
  const charts = findCharts(path).filter((chart) => !isLibraryChart(chart));
  const [first, ...others] = charts;
  if (first === undefined)
    throw new UserError(`${named} contains no chart. Specify the folder that contains Chart.yaml.`);
  if (others.length === 0) return first;
  const names = charts.map((chart) => relative(workingDirectory, chart).split(sep).join('/'));
  const shown = names.length > 8 ? [...names.slice(0, 8), '…'] : names;
  throw new UserError(`There are ${charts.length} charts in ${named} (${shown.join(', ')}). Specify one of them.`);
}

function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
