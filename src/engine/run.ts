import { basename, resolve } from 'node:path';
import { findPolicyFile } from '../policy/find.ts';
import { emptyPolicy } from '../policy/empty-policy.ts';
import type { Policy } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';
import type { Changes } from './changes.ts';
import { choosePolicy, type ChosenPolicy, type PolicyChoice } from './choose-policy.ts';
import type { Baseline } from './baseline.ts';
import type { ReleaseChoice } from './release-choice.ts';
import { splitLists } from './split-lists.ts';
import { loadInputs, type LoadedInputs } from './inputs.ts';
import { lint } from './lint.ts';
import { mergeResults } from './merge-results.ts';
import { groupByPolicy, type PolicyGroup } from './policy-groups.ts';
import type { RenderedChart } from './rendered-chart.ts';
import type { Result, RunError } from './result.ts';
import { selectChecks, type Selection } from './select-checks.ts';
import { StandIns, type ValuesFilesOf } from './stand-in.ts';
import { UserError } from './user-error.ts';

export interface RunRequest extends PolicyChoice, Selection, ReleaseChoice {
  /** Charts, files, folders, globs, and `-` for standard input. */
  readonly inputs: readonly string[];
  readonly readStdin: () => Promise<Uint8Array>;
  readonly stdinFilename: string;
  readonly workingDirectory: string;
  readonly allowEmpty: boolean;
  readonly now: Date;
  readonly rules: Rules;
  /** Findings that were accepted before. */
  readonly baseline?: Baseline | undefined;
  /** Only what Git says changed since this commit. */
  readonly changedSince?: string | undefined;
  /** Whether the inputs are files that a hook names: those that are none of ours are left out. */
  readonly hook?: boolean | undefined;
  /** Takes what the user should know and the result does not say. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Takes what is being done, when there is more than one chart. */
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
  const isStdinValues = request.values !== undefined && splitLists(request.values).includes('-');
  if (isStdinValues && inputs.includes('-')) {
    throw new UserError('Standard input cannot be both manifests and values. Write one of them to a file.');
  }
  const stdin = isStdinValues || inputs.includes('-') ? await request.readStdin() : new Uint8Array();
  const changes =
    request.changedSince === undefined
      ? undefined
      : (await import('./git-changes.ts')).readChanges(request.changedSince, inputs, workingDirectory);
  const loaded = await loadInputs({
    inputs,
    readStdin: () => stdin,
    stdinFilename: request.stdinFilename,
    workingDirectory,
    allowEmpty: request.allowEmpty,
    expandGlob: (pattern) => expandGlob(pattern, workingDirectory),
    standIns: new StandIns(workingDirectory, valuesFilesFinder(request), request.hook === true),
    isGone: request.hook === true ? () => true : changes && ((path) => changes.touch(path)),
  });
  requireCharts(loaded, request);
  const groups = groupByPolicy(loaded, request, workingDirectory);
  const first = await lintGroup(groups[0], { request, changes, stdin, isPart: groups.length > 1 });
  const others = [];
  for (const group of groups.slice(1)) others.push(await lintGroup(group, { request, changes, stdin, isPart: true }));
  const isNothing = [first, ...others].every(({ isNothingLeft }) => isNothingLeft);
  if (isNothing && request.changedSince !== undefined) {
    request.onNote?.(`Nothing of the inputs changed since ${request.changedSince}: there is nothing to lint.`);
  } else if (isNothing && request.hook === true) {
    request.onNote?.('None of the files belongs to a chart or is a manifest: there is nothing to lint.');
  }
  return mergeResults([first.result, ...others.map(({ result }) => result)]);
}

interface GroupRun {
  readonly request: RunRequest;
  readonly changes: Changes | undefined;
  readonly stdin: Uint8Array;
  /** Whether there are other inputs, with policies of their own. */
  readonly isPart: boolean;
}

/** Lints the inputs that share a policy. */
async function lintGroup(
  { places, loaded: all }: PolicyGroup,
  { request, changes, stdin, isPart }: GroupRun,
): Promise<{ readonly result: Result; readonly isNothingLeft: boolean }> {
  const { workingDirectory, rules } = request;
  const { policy, errors, files } = await choosePolicy(request, places, workingDirectory, rules);
  const configErrors = errors.map(({ message, location }): RunError => ({ kind: 'config', message, location }));
  const chosen =
    policy === undefined
      ? emptyPolicy(request.policy ?? request.config ?? 'chartlint.yaml')
      : selectChecks(policy, request);
  const loaded =
    changes === undefined || policy === undefined
      ? all
      : (await import('./keep-changed.ts')).keepChanged(all, changes, {
          policy,
          policyFiles: files,
          choice: request,
          workingDirectory,
        });
  const isNothingLeft =
    (changes !== undefined || request.hook === true) &&
    loaded.errors.length === 0 &&
    loaded.inputs.every(({ sources, charts }) => sources.length + charts.length === 0);
  const result = await lint({
    loaded: { inputs: loaded.inputs, errors: [...configErrors, ...loaded.errors] },
    charts: await renderCharts(loaded, chosen, request, stdin),
    policy: chosen,
    rules,
    namespace: request.namespace ?? policy?.release.namespace,
    isPartial:
      changes !== undefined ||
      [request.only, request.skip, request.env, request.values, request.set].some((choice) => choice !== undefined),
    allowEmpty: request.allowEmpty || isNothingLeft,
    isPart: isPart || changes !== undefined,
    baseline: request.baseline,
    today: request.now.toISOString().slice(0, 10),
  });
  return { result, isNothingLeft };
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

function requireCharts({ inputs }: LoadedInputs, { values, set, env }: RunRequest): void {
  if (inputs.some(({ charts }) => charts.length > 0) || [values, set, env].every((choice) => choice === undefined)) {
    return;
  }
  throw new UserError('--values, --set and --env are for charts, and there is none among the inputs.');
}

/** The renderer is loaded only when there is a chart. */
async function renderCharts(
  { inputs }: LoadedInputs,
  policy: Policy,
  request: RunRequest,
  stdin: Uint8Array,
): Promise<readonly RenderedChart[]> {
  const paths = inputs.flatMap(({ charts }) => charts);
  if (paths.length === 0) return [];
  const { renderForLint } = await import('./render-charts.ts');
  return paths.map((path, index) => {
    if (paths.length > 1) request.onProgress?.(`${index + 1}/${paths.length} ${basename(path)}`);
    const { workingDirectory, now } = request;
    return renderForLint(path, { choice: request, policy, workingDirectory, now, stdin });
  });
}

/** What a folder's walk leaves out, as globs. */
const NEVER_MANIFESTS = ['**/node_modules/**', '**/.git/**', '**/chartlint.{yaml,yml}'];

async function expandGlob(pattern: string, workingDirectory: string): Promise<string[]> {
  const { glob } = await import('tinyglobby');
  const files = await glob(pattern, { cwd: workingDirectory, ignore: NEVER_MANIFESTS });
  return files.toSorted();
}
