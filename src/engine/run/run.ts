import { noteUnknownVersions } from '../check/kube-version-notes.ts';
import { resolve } from 'node:path';
import { descriptorOf } from '../../files/descriptors.ts';
import { FileError } from '../../files/file-error.ts';
import { findPolicyFile } from '../../policy/find.ts';
import { emptyPolicy } from '../../policy/empty-policy.ts';
import type { Rules } from '../../rule/rule.ts';
import type { Changes } from '../inputs/changed-files.ts';
import { choosePolicy, type ChosenPolicy, type PolicyChoice } from '../policy/choose-policy.ts';
import { explainUnmatched, readBaseline, type BaselineFile } from '../baseline/read-baseline.ts';
import { baseOf } from '../baseline/name-in-baseline.ts';
import type { Policy } from '../../policy/policy.ts';
import { lintCharts, type ChartRun } from './lint-charts.ts';
import { nothingToLint, type UnitRequest } from './lint-unit.ts';
import { isAdHoc, releaseOf, type ReleaseChoice } from '../release-choice.ts';
import { splitLists } from '../split-lists.ts';
import { loadInputs, type LoadedInputs } from '../inputs/load-inputs.ts';
import { lintGroup } from './lint-group.ts';
import { mergeResults } from './merge-results.ts';
import { readInThreads } from './read-in-threads.ts';
import { groupByPolicy, type PolicyGroup } from '../inputs/group-by-policy.ts';
import type { Result, RunError } from '../result.ts';
import { selectChecks, type Selection } from '../policy/select-checks.ts';
import { refuseReplacing } from '../inputs/refuse-replacing.ts';
import { StandIns, type ValuesFilesOf } from '../inputs/lint-targets.ts';
import type { PolicyTask } from './tasks.ts';
import type { Threads } from './share-work.ts';
import { UserError } from '../user-error.ts';

export interface RunRequest extends PolicyChoice, Selection, ReleaseChoice {
  /** Charts, files, folders, globs, and `-` for standard input. */
  readonly inputs: readonly string[];
  readonly readStdin: () => Promise<Uint8Array>;
  readonly stdinFilename: string;
  readonly workingDirectory: string;
  readonly allowEmpty: boolean;
  readonly now: Date;
  readonly rules: Rules;
  /** The file of findings that were accepted before; by default the policy's. */
  readonly baseline?: string | undefined;
  /** Whether nothing is accepted, and all that is found goes into baselines. */
  readonly isForBaseline?: boolean | undefined;
  /** Takes what was found under each policy, and the policy's baseline, relative to the working directory. */
  readonly onGroup?: ((result: Result, baseline: string | undefined) => void) | undefined;
  /** The baseline: in folders and globs it is left out. */
  readonly ownFiles?: readonly string[] | undefined;
  /** Files that will be written: left out likewise, and refused if they are inputs. */
  readonly outputs?: readonly string[] | undefined;
  /** Only what Git says changed since this commit. */
  readonly changedSince?: string | undefined;
  /** Whether the inputs are files from a hook: those that are not ours are left out. */
  readonly hook?: boolean | undefined;
  /** Takes what the user should know and the result does not say. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Whether the way of every setting is asked for. */
  readonly withFlows?: boolean | undefined;
  /** Other threads that may help. */
  readonly threads?: Threads | undefined;
  /** Whether to download dependencies that are not in `charts/`, with these environment variables. */
  readonly deps?: boolean | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Takes what is being done. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/**
 * One whole run: reads the inputs and the policy, and lints. Whatever cannot be read becomes an error of the result,
 * and the rest is linted.
 * @throws UserError when the request itself cannot be understood
 */
export async function run(request: RunRequest): Promise<Result> {
  const { workingDirectory } = request;
  const inputs = [...new Set(request.inputs)];
  const isStdinValues = splitLists(request.values ?? []).includes('-');
  if (splitLists(request.values ?? []).some(isStdin) && inputs.some(isStdin)) {
    throw new UserError('Standard input cannot be both manifests and values. Write one of them to a file.');
  }
  if (request.changedSince !== undefined && (isStdinValues || inputs.includes('-'))) {
    throw new UserError(
      '--changed-since cannot be used with standard input, which has no history. Specify files or folders.',
    );
  }
  const stdin = isStdinValues || inputs.includes('-') ? await readStdin(request) : new Uint8Array();
  if (isStdinValues && stdin instanceof FileError) {
    throw new UserError(`The values cannot be read from standard input: ${stdin.reason}. ${stdin.help}`);
  }
  const changes =
    request.changedSince === undefined
      ? undefined
      : (await import('../inputs/git-changes.ts')).readChanges(request.changedSince, inputs, workingDirectory);
  const loaded = await loadInputs({
    inputs,
    readStdin: () => {
      if (stdin instanceof FileError) throw stdin;
      return stdin;
    },
    stdinFilename: request.stdinFilename,
    workingDirectory,
    allowEmpty: request.allowEmpty,
    ownFiles: [
      ...(request.ownFiles ?? []),
      ...(request.outputs ?? []),
      ...(request.baseline === undefined ? [] : [request.baseline]),
      ...splitLists(request.values ?? []),
    ].map((file) => resolve(workingDirectory, file)),
    expandGlob: async (pattern) => {
      const { expandGlob } = await import('../inputs/expand-glob.ts');
      return expandGlob(pattern, workingDirectory);
    },
    standIns: new StandIns(workingDirectory, valuesFilesFinder(request), request.hook === true),
    isHook: request.hook,
    isGone: request.hook === true ? () => true : changes && ((path) => changes.touch(path)),
  });
  requireCharts(loaded, request);
  const isNamed = request.baseline !== undefined;
  const named =
    request.baseline === undefined || request.isForBaseline === true
      ? undefined
      : readBaseline(request.baseline, workingDirectory);
  const groups: PreparedGroup[] = [];
  for (const group of groupByPolicy(loaded, request, workingDirectory)) {
    const bytes = stdin instanceof FileError ? new Uint8Array() : stdin;
    groups.push(await prepareGroup(group, { request, changes, stdin: bytes, named }));
  }
  await keepInputs(request, loaded, groups);
  const runs = await withDependencies(
    groups.flatMap((group) => group.charts),
    request,
  );
  if (groups.every(({ isNothingLeft }) => isNothingLeft)) noteNothing(request);
  const versionNote = noteUnknownVersions(
    groups.map((group) => group.request.policy),
    request,
  );
  if (versionNote !== undefined) request.onNote?.(versionNote);
  // All threads help with the charts, and then with the manifests.
  const linted = await lintCharts(runs, request.threads, request.onProgress);
  for (const { notes } of linted) for (const note of notes) request.onNote?.(note);
  if (request.env !== undefined && linted.length > 0) {
    const { requireEnvironments } = await import('../render/choose-environments.ts');
    // A library has no environments. Of some of the charts nobody can tell what the others have.
    const charts = linted.filter(({ isLibrary }) => !isLibrary);
    const others = changes === undefined ? [] : [{ chart: undefined, environmentNames: undefined }];
    for (const note of requireEnvironments(request.env, [...charts, ...others])) request.onNote?.(note);
  }
  const results = [];
  for (const group of groups) {
    const result = await lintGroup({
      ...group.request,
      onProgress: request.onProgress,
      loaded: group.loaded,
      read: await readInThreads(
        group.loaded.inputs.flatMap(({ sources }) => sources),
        { ...request, task: group.task, policy: group.request.policy },
      ),
      charts: linted.splice(0, group.charts.length),
      namespace: request.namespace ?? group.request.policy.release.namespace,
      isSome: groups.length > 1 || changes !== undefined,
      baseline: group.baseline?.entries,
    });
    request.onGroup?.(result, group.policyBaseline);
    results.push(result);
  }
  noteUnmatched(groups, results, { ...request, inputs }, isNamed);
  const merged = mergeResults(results);
  const { skipped = [] } = loaded;
  const result = skipped.length === 0 ? merged : { ...merged, skipped };
  // No part of an input by itself says so.
  const isNothing = groups.length > 1 && result.summary.resources === 0 && result.errors.length === 0;
  const mayBeNothing = request.allowEmpty || changes !== undefined || request.hook === true;
  return isNothing && !mayBeNothing ? { ...result, errors: [nothingToLint(inputs[0] ?? '.')] } : result;
}

/** Downloads what charts depend on, if that is asked for; what could not be downloaded is said of the chart. */
async function withDependencies(runs: readonly ChartRun[], request: RunRequest): Promise<readonly ChartRun[]> {
  const [first] = runs;
  if (request.deps !== true || first === undefined) return runs;
  const { bringDependencies } = await import('../dependencies/bring-dependencies.ts');
  const { workingDirectory, environment = {}, onProgress } = request;
  const { depsFrom } = first.task.release;
  const charts = runs.map(({ task }) => task.path);
  const { failures } = await bringDependencies(charts, { workingDirectory, environment, onProgress, depsFrom });
  return failures.size === 0
    ? runs
    : runs.map((run) => ({ ...run, task: { ...run.task, downloadFailures: failures } }));
}

/** Whether a name is that of standard input. */
function isStdin(name: string): boolean {
  return name === '-' || descriptorOf(name) === 0;
}

/** The bytes of standard input, or why they are not read. */
async function readStdin(request: RunRequest): Promise<Uint8Array | FileError> {
  try {
    return await request.readStdin();
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}

/** @throws UserError when something that will be written is read */
async function keepInputs(
  { outputs = [], ownFiles = [], ...request }: RunRequest,
  { inputs, leftOut }: LoadedInputs,
  groups: readonly PreparedGroup[],
): Promise<void> {
  if (outputs.length === 0) return;
  const charts = inputs.flatMap((input) => input.charts);
  const named = [...request.inputs, ...splitLists(request.values ?? [])];
  const setFiles =
    request.setFile === undefined ? [] : (await import('../inputs/set-file-paths.ts')).setFilePaths(request.setFile);
  const files = [
    ...[...named, ...setFiles].map((file) => (file === '-' ? '/dev/stdin' : file)),
    ...inputs.flatMap(({ name, sources }) => (name === '-' ? [] : sources.map(({ file }) => file))),
    ...charts,
    ...ownFiles,
    ...groups.flatMap(({ policyBaseline }) => policyBaseline ?? []),
    ...groups.flatMap(({ policyFiles }) => policyFiles),
    ...groups.flatMap(({ request: { policy }, charts: runs }) =>
      policy.environments.flatMap(({ values }) =>
        runs.flatMap(({ task }) => values.map((file) => resolve(task.path, file))),
      ),
    ),
  ];
  refuseReplacing(outputs, { files, charts, leftOut }, request.workingDirectory);
}

/** Inputs that share a policy, and what to do with them. */
interface PreparedGroup {
  readonly loaded: LoadedInputs;
  /** What its policy was read from; absolute. */
  readonly policyFiles: readonly string[];
  readonly request: UnitRequest & { readonly isPartial: boolean };
  /** Names the policy. */
  readonly task: PolicyTask;
  readonly charts: readonly ChartRun[];
  readonly isNothingLeft: boolean;
  readonly baseline: BaselineFile | undefined;
  /** Relative to the working directory. */
  readonly policyBaseline: string | undefined;
}

interface Preparation {
  readonly request: RunRequest;
  readonly changes: Changes | undefined;
  readonly stdin: Uint8Array;
  /** The baseline that the command line names. */
  readonly named: BaselineFile | undefined;
}

async function prepareGroup(
  { places, loaded: found }: PolicyGroup,
  { request, changes, stdin, named }: Preparation,
): Promise<PreparedGroup> {
  const { workingDirectory, rules, now } = request;
  const chosen = await choosePolicy(request, places, workingDirectory, rules);
  const configErrors = chosen.errors.map(({ message, location }): RunError => ({ kind: 'config', message, location }));
  const policy =
    chosen.policy === undefined ? emptyPolicy(nameOfChoice(request)) : selectChecks(chosen.policy, request);
  const policyBaseline = policy.baseline?.file;
  const baseline = named ?? readPolicyBaseline(policy, request, configErrors);
  const all = withoutFile(found, policyBaseline, workingDirectory);
  const loaded =
    changes === undefined || chosen.policy === undefined
      ? all
      : (await import('../inputs/keep-changed.ts')).keepChanged(all, changes, {
          policy,
          policyFiles: chosen.files,
          areSchemasChanged:
            policy.schemas.length > 0 &&
            (await (
              await import('../schemas/changed-schemas.ts')
            ).areSchemasChanged(policy, changes, workingDirectory)),
          choice: request,
          workingDirectory,
        });
  const isNothingLeft =
    (changes !== undefined || request.hook === true) &&
    loaded.errors.length === 0 &&
    loaded.inputs.every(({ sources, charts }) => sources.length + charts.length === 0);
  const isPartial =
    changes !== undefined ||
    isAdHoc(request) ||
    [request.only, request.skip, request.env].some((choice) => choice !== undefined);
  const settings = {
    isPolicyWhole: !isPartial && configErrors.length === 0,
    allowEmpty: request.allowEmpty || isNothingLeft,
    withFlows: request.withFlows,
    fingerprintBase: baseOf(request.baseline ?? policyBaseline, workingDirectory),
    kubeVersion: request.kubeVersion ?? policy.release.kubeVersion,
    workingDirectory,
    today: now.toISOString().slice(0, 10),
  };
  const { only, skip } = request;
  const task = { policy: chosen.choice, within: chosen.within, only, skip, workingDirectory };
  const charts = loaded.inputs.flatMap((input) => input.charts);
  const inputs = loaded.inputs.filter((input) => input.charts.length > 0).map(({ name }) => name);
  const depsFrom = [...(request.depsFrom ?? []), ...inputs];
  const chartTask = { ...settings, ...task, release: { ...releaseOf(request), depsFrom }, now, stdin };
  const versionOf = await versionReader(policy, changes);
  return {
    policyFiles: chosen.files,
    loaded: { ...loaded, errors: [...configErrors, ...loaded.errors] },
    request: { ...settings, policy, rules, isPartial },
    task,
    charts: charts.map((path) => ({
      task: { ...chartTask, path, versionBefore: versionOf(path) },
      policy,
      rules,
    })),
    isNothingLeft,
    baseline,
    policyBaseline,
  };
}

/** Git is asked for the version of a chart only when a rule wants to know. */
async function versionReader(
  { principles }: Policy,
  changes: Changes | undefined,
): Promise<(chart: string) => string | undefined> {
  const isAsked = principles.some(({ checks }) => checks.some(({ rule }) => rule.needsVersionBefore === true));
  if (changes === undefined || !isAsked) return () => undefined;
  const { versionBefore } = await import('../inputs/version-before.ts');
  return (chart) => versionBefore(chart, changes);
}

/** What a policy that cannot be read is called. */
function nameOfChoice({ policy, config }: PolicyChoice): string {
  return [policy ?? config ?? 'chartlint.yaml'].flat().join(', ');
}

/** The baseline that a policy names. One that cannot be read is an error of the policy. */
function readPolicyBaseline(
  { baseline, reach }: Policy,
  { isForBaseline, workingDirectory }: RunRequest,
  errors: RunError[],
): BaselineFile | undefined {
  if (baseline === undefined || isForBaseline === true) return undefined;
  try {
    return readBaseline(baseline.file, workingDirectory, reach?.within);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    errors.push({ kind: 'config', message: error.message, location: baseline.place });
    return undefined;
  }
}

/** A baseline may have any name, and is not a manifest. */
function withoutFile(loaded: LoadedInputs, file: string | undefined, workingDirectory: string): LoadedInputs {
  if (file === undefined) return loaded;
  const path = resolve(workingDirectory, file);
  const inputs = loaded.inputs.map((input) => ({
    ...input,
    sources: input.sources.filter((source) => resolve(workingDirectory, source.file) !== path),
  }));
  return { ...loaded, inputs };
}

/** Says which baselines nothing was found of: most often, they were written for other files. */
function noteUnmatched(
  groups: readonly PreparedGroup[],
  results: readonly Result[],
  { inputs, workingDirectory, onNote }: RunRequest,
  isNamed: boolean,
): void {
  const matched = new Map<string, boolean>();
  const files = new Map<string, BaselineFile>();
  for (const [index, { baseline, request }] of groups.entries()) {
    const result = results[index];
    if (baseline === undefined || result === undefined || request.isPartial || result.errors.length > 0) continue;
    const isUsed = result.findings.some(({ suppressed }) => suppressed?.by === 'baseline');
    files.set(baseline.name, baseline);
    matched.set(baseline.name, isUsed || matched.get(baseline.name) === true);
  }
  for (const [name, file] of files) {
    const note = matched.get(name) === true ? undefined : explainUnmatched(file, { inputs, workingDirectory, isNamed });
    if (note !== undefined) onNote?.(note);
  }
}

function noteNothing({ changedSince, hook, onNote }: RunRequest): void {
  if (changedSince !== undefined) {
    onNote?.(`Nothing in the inputs has changed since ${changedSince}: there is nothing to lint.`);
  } else if (hook === true) {
    onNote?.('None of the files belongs to a chart or is a manifest: there is nothing to lint.');
  }
}

/** The values files of charts by their policies, each policy read once. */
function valuesFilesFinder(request: RunRequest): ValuesFilesOf {
  const { workingDirectory, rules } = request;
  const byPolicy = new Map<string | undefined, Promise<ChosenPolicy>>();
  return async (chart) => {
    const key = findPolicyFile(chart);
    const chosen = byPolicy.get(key) ?? choosePolicy(request, [chart], workingDirectory, rules);
    byPolicy.set(key, chosen);
    const environments = (await chosen).policy?.environments ?? [];
    return environments.flatMap(({ values }) => values.map((file) => resolve(chart, file)));
  };
}

function requireCharts({ inputs }: LoadedInputs, request: RunRequest): void {
  if (inputs.some(({ charts }) => charts.length > 0) || (!isAdHoc(request) && request.env === undefined)) return;
  throw new UserError('--values, --set and --env are for charts, but there are none among the inputs.');
}
