import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { BASELINE_FILE_NAME, printBaseline, toBaseline, type Baseline } from '../engine/baseline/baseline.ts';
import { baseOf, nameInBaseline } from '../engine/baseline/name-in-baseline.ts';
import { readBaseline } from '../engine/baseline/read-baseline.ts';
import { isLibraryChart } from '../engine/inputs/chart-metadata.ts';
import { findCharts } from '../engine/inputs/find-charts.ts';
import { isChart } from '../engine/inputs/owning-chart.ts';
import { draftPolicy, type FirstPolicy, type InitRequest } from '../engine/init/init.ts';
import { writeRootPolicy } from '../engine/init/root-text.ts';
import { choosePolicy } from '../engine/policy/choose-policy.ts';
import type { Finding } from '../engine/result.ts';
import { UserError } from '../engine/user-error.ts';
import { redactText } from '../kube/redact.ts';
import { entryKind, findPolicyFile, repositoryAround } from '../policy/find.ts';
import { count } from '../report/count.ts';
import type { Rules } from '../rule/rule.ts';
import { printable } from '../text/printable.ts';
import type { InitArguments } from './arguments.ts';
import { bringOrFail } from './bring-or-fail.ts';
import { failOnPolicyErrors } from './policy-errors.ts';
import { say, sayOut } from './say.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

/**
 * `chartlint init [CHART]`: writes a policy for a chart, or one for all charts of a folder and one for each. What is
 * checked without it is checked with it. Returns the exit status.
 */
export async function runInit(args: InitArguments, terminal: Terminal, rules: Rules): Promise<number> {
  const { workingDirectory } = terminal;
  const named = args.chart ?? '.';
  const charts = findChartsIn(named, workingDirectory);
  if (args.deps) await bringOrFail(charts, args.depsFrom, terminal);
  const [first] = charts;
  if (first !== undefined && charts.length === 1) {
    refuseExisting(first, args, workingDirectory);
    const drafted = await draft(first, { root: undefined, args, terminal, rules });
    writeDrafts([drafted], terminal);
    sayOut(terminal, `Next: read it, and run chartlint ${shellWord(nameOf(first, workingDirectory))}`);
    return 0;
  }
  return initAll(resolve(workingDirectory, named), charts, args, terminal, rules);
}

/** Writes a policy for all charts of a folder, unless there is one, and one for each chart. */
async function initAll(
  folder: string,
  charts: readonly string[],
  args: InitArguments,
  terminal: Terminal,
  rules: Rules,
): Promise<number> {
  const { workingDirectory } = terminal;
  const isNew = (chart: string): boolean => args.force || !hasPolicy(chart);
  const chosen = charts.filter(isNew);
  const kept = charts.filter((chart) => !isNew(chart));
  if (chosen.length === 0) {
    throw new UserError('All charts have a chartlint.yaml already. Use --force to overwrite them.');
  }
  const root =
    findPolicyFile(folder) === undefined
      ? { file: join(folder, 'chartlint.yaml'), text: writeRootPolicy(basename(folder)) }
      : undefined;
  const drafts: Drafted[] = [];
  const failures: string[] = [];
  for (const chart of chosen) {
    try {
      refuseExisting(chart, args, workingDirectory);
      drafts.push(await draft(chart, { root, args, terminal, rules }));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(`${nameOf(chart, workingDirectory)}: no policy was written. ${error.message}\n`);
    }
  }
  if (drafts.length === 0) throw new UserError(failures.join('').trimEnd());
  if (root !== undefined) {
    writeWhole(root.file, root.text, workingDirectory);
    sayOut(terminal, `${nameOf(root.file, workingDirectory)}: what all charts have in common.`);
  }
  writeDrafts(drafts, terminal, root && join(folder, BASELINE_FILE_NAME));
  for (const chart of kept) {
    sayOut(terminal, `${nameOf(chart, workingDirectory)} has a policy already, which was kept.`);
  }
  for (const failure of failures) say(terminal, failure.trimEnd());
  sayOut(terminal, `Next: read them, and run chartlint ${shellWord(nameOf(folder, workingDirectory))}`);
  return failures.length > 0 ? 2 : 0;
}

interface Drafted {
  readonly chart: string;
  readonly request: InitRequest;
  readonly policy: FirstPolicy;
}

interface Drafting {
  /** A policy above that is not written yet. */
  readonly root: { readonly file: string; readonly text: string } | undefined;
  readonly args: InitArguments;
  readonly terminal: Terminal;
  readonly rules: Rules;
}

async function draft(chart: string, { root, args, terminal, rules }: Drafting): Promise<Drafted> {
  const above = root?.file ?? findPolicyFile(join(chart, '..'));
  if (above !== undefined && repositoryAround(chart) === undefined) {
    // Found by itself, a policy reads only in its repository, else in its folder.
    throw new UserError(
      `${nameOf(chart, terminal.workingDirectory)} is not in a Git repository, so its policy could not extend ${nameOf(above, terminal.workingDirectory)}. Run git init first.`,
    );
  }
  const unwritten = new Map(root === undefined ? [] : [[root.file, root.text] as const]);
  const chosen = await choosePolicy(
    {
      ...(above === undefined && { policy: 'recommended' }),
      // What is not written yet cannot be found.
      ...(root !== undefined && { config: root.file, readPolicyFile: () => root.text }),
    },
    [join(chart, '..')],
    terminal.workingDirectory,
    rules,
  );
  const policy = failOnPolicyErrors(chosen);
  const inherited = policy.baseline && resolve(terminal.workingDirectory, policy.baseline.file);
  const depsFrom = (args.depsFrom ?? []).map((named) => resolve(terminal.workingDirectory, named));
  const request: InitRequest = {
    chart,
    file: join(chart, 'chartlint.yaml'),
    within: chosen.within,
    parent: { name: above === undefined ? 'recommended' : pathFrom(chart, above), policy },
    baseline: {
      file: inherited ?? join(chart, BASELINE_FILE_NAME),
      name: inherited === undefined ? BASELINE_FILE_NAME : undefined,
      isInForce: inherited !== undefined && root === undefined,
    },
    unwritten,
    rules,
    now: terminal.now,
    depsFrom,
  };
  return { chart, request, policy: await draftPolicy(request) };
}

/** Writes policies and baselines, and says what was found. @param common a baseline that is written in any case */
function writeDrafts(drafts: readonly Drafted[], terminal: Terminal, common?: string): void {
  const { workingDirectory } = terminal;
  const baselines = new Map<string, Map<string, Baseline extends ReadonlyMap<string, infer Entry> ? Entry : never>>();
  const accepted: { readonly chart: string; readonly finding: Finding }[] = [];
  if (common !== undefined) baselines.set(common, new Map(readOld(common, workingDirectory)));
  for (const { chart, request, policy } of drafts) {
    const { file } = request.baseline;
    const base = baseOf(file, chart);
    for (const finding of policy.accepted) accepted.push({ chart, finding });
    if (policy.accepted.length === 0) continue;
    const entries = baselines.get(file) ?? new Map(readOld(file, workingDirectory));
    for (const entry of toBaseline(policy.accepted, (name) => nameInBaseline(name, base))) entries.set(...entry);
    baselines.set(file, entries);
  }
  // A policy must not name a baseline that is not there.
  for (const [file, entries] of baselines) writeWhole(file, printBaseline(entries), workingDirectory);
  for (const { request, policy } of drafts) {
    writeWhole(request.file, policy.text, workingDirectory);
    terminal.writeOut(describePolicy(request, policy, workingDirectory));
  }
  if (accepted.length === 0) return;
  const files = [...baselines.keys()].map((file) => nameOf(file, workingDirectory)).join(', ');
  sayOut(terminal, `${count(accepted.length, 'finding')} accepted in ${files}, to be fixed:`);
  for (const { chart, finding } of accepted) {
    const { severity, location, principle, message } = finding;
    const place = `${nameOf(resolve(chart, location.file), workingDirectory)}:${location.line}`;
    sayOut(terminal, `  ${severity} ${printable(`${place} ${principle}: ${redactText(message)}`)}`);
  }
}

function readOld(file: string, workingDirectory: string): Baseline | [] {
  return existsSync(file) ? readBaseline(nameOf(file, workingDirectory), workingDirectory).entries : [];
}

function describePolicy(
  { file, parent }: InitRequest,
  { holding, environments, broken, failed }: FirstPolicy,
  workingDirectory: string,
): string {
  const holds = `${count(holding, 'principle')} that hold${holding === 1 ? 's' : ''} in ${count(environments, 'environment')}`;
  const left =
    broken === 0
      ? ''
      : `; ${count(broken, 'principle')} left out because ${broken === 1 ? 'it does' : 'they do'} not hold today`;
  const above = parent.name === 'recommended' ? '' : `; it extends ${parent.name}`;
  const unrendered =
    failed.length === 0
      ? ''
      : `  Left out because ${failed.length === 1 ? 'it does' : 'they do'} not render: ${failed.join(', ')}.\n`;
  return `${nameOf(file, workingDirectory)}: ${holds}${left}${above}.\n${unrendered}`;
}

function refuseExisting(chart: string, { force }: InitArguments, workingDirectory: string): void {
  const other = join(chart, 'chartlint.yml');
  if (entryKind(other) !== undefined)
    throw new UserError(`${nameOf(other, workingDirectory)} already exists. Rename it to chartlint.yaml first.`);
  const file = join(chart, 'chartlint.yaml');
  if (entryKind(file) !== undefined && !force) {
    throw new UserError(`${nameOf(file, workingDirectory)} already exists. Use --force to overwrite it.`);
  }
}

function hasPolicy(chart: string): boolean {
  return ['chartlint.yaml', 'chartlint.yml'].some((name) => entryKind(join(chart, name)) !== undefined);
}

function findChartsIn(named: string, workingDirectory: string): string[] {
  const path = resolve(workingDirectory, named);
  if (isChart(path)) return [path];
  if (entryKind(path) !== 'folder') throw new UserError(`${named} is not a folder. Specify the folder of a chart.`);
  const charts = findCharts(path).filter((chart) => !isLibraryChart(chart));
  if (charts.length === 0)
    throw new UserError(`${named} contains no chart. Specify the folder that contains Chart.yaml.`);
  return charts;
}

function nameOf(path: string, workingDirectory: string): string {
  return relative(workingDirectory, path).split(sep).join('/') || '.';
}

/** A policy file as another one names it. */
function pathFrom(folder: string, file: string): string {
  const path = relative(folder, dirname(file)).split(sep).join('/');
  return `${path === '' ? '.' : path}/${basename(file)}`;
}

function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
