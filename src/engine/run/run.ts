import type { RunRequest } from './run-request.ts';
import { keepInputs } from './keep-inputs.ts';
import { prepareGroup, type PreparedGroup } from './prepare-group.ts';
import { noteNothing, noteUnmatched } from './run-notes.ts';
import { noteUnknownVersions } from '../check/kube-version-notes.ts';
import { resolve } from 'node:path';
import { descriptorOf } from '../../files/descriptors.ts';
import { FileError } from '../../files/file-error.ts';
import { findPolicyFile } from '../../policy/find.ts';
import { choosePolicy, type ChosenPolicy } from '../policy/choose-policy.ts';
import { readBaseline } from '../baseline/read-baseline.ts';
import { lintCharts, type ChartRun } from './lint-charts.ts';
import { nothingToLint } from './lint-unit.ts';
import { isAdHoc } from '../release-choice.ts';
import { splitLists } from '../split-lists.ts';
import { loadInputs, type LoadedInputs } from '../inputs/load-inputs.ts';
import { lintGroup } from './lint-group.ts';
import { mergeResults } from './merge-results.ts';
import { readInThreads } from './read-in-threads.ts';
import { groupByPolicy } from '../inputs/group-by-policy.ts';
import type { Result } from '../result.ts';
import { StandIns, type ValuesFilesOf } from '../inputs/lint-targets.ts';
import { UserError } from '../user-error.ts';

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
      texts: group.texts,
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
