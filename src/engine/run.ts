import { basename } from 'node:path';
import type { Policy } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';
import { choosePolicy, type PolicyChoice } from './choose-policy.ts';
import type { Baseline } from './baseline.ts';
import type { ReleaseChoice } from './chart-environments.ts';
import { splitLists } from './split-lists.ts';
import { loadInputs, type LoadedInputs } from './inputs.ts';
import { lint } from './lint.ts';
import type { RenderedChart } from './rendered-chart.ts';
import type { Result, RunError } from './result.ts';
import { selectChecks, type Selection } from './select-checks.ts';
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
  /** Takes what is being done, when there is more than one chart. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/**
 * One whole run: reads the inputs and the policy, and lints. Whatever cannot be read becomes an error of the result,
 * and the rest is linted.
 * @throws UserError when the request itself cannot be understood
 */
export async function run(request: RunRequest): Promise<Result> {
  const { workingDirectory, rules } = request;
  const inputs = [...new Set(request.inputs)];
  const isStdinValues = request.values !== undefined && splitLists(request.values).includes('-');
  if (isStdinValues && inputs.includes('-')) {
    throw new UserError('Standard input cannot be both manifests and values. Write one of them to a file.');
  }
  const stdin = isStdinValues || inputs.includes('-') ? await request.readStdin() : new Uint8Array();
  const loaded = await loadInputs({
    inputs,
    readStdin: () => stdin,
    stdinFilename: request.stdinFilename,
    workingDirectory,
    allowEmpty: request.allowEmpty,
    expandGlob: (pattern) => expandGlob(pattern, workingDirectory),
  });
  const { policy, errors } = await choosePolicy(request, policyPlaces(loaded), workingDirectory, rules);
  const configErrors = errors.map(({ message, location }): RunError => ({ kind: 'config', message, location }));
  const chosen = policy === undefined ? emptyPolicy(request) : selectChecks(policy, request);
  return lint({
    loaded: { inputs: loaded.inputs, errors: [...configErrors, ...loaded.errors] },
    charts: await renderCharts(loaded, chosen, request, stdin),
    policy: chosen,
    rules,
    namespace: request.namespace ?? policy?.release.namespace,
    isPartial: [request.only, request.skip, request.env, request.values, request.set].some(
      (choice) => choice !== undefined,
    ),
    allowEmpty: request.allowEmpty,
    baseline: request.baseline,
    today: request.now.toISOString().slice(0, 10),
  });
}

/** Where to look for a policy file: the inputs, but of a folder that holds nothing but charts, the charts. */
function policyPlaces({ inputs }: LoadedInputs): string[] {
  return inputs.flatMap(({ name, sources, charts }) => (sources.length === 0 && charts.length > 0 ? charts : [name]));
}

/** The renderer is loaded only when there is a chart. */
async function renderCharts(
  { inputs }: LoadedInputs,
  policy: Policy,
  request: RunRequest,
  stdin: Uint8Array,
): Promise<readonly RenderedChart[]> {
  const paths = inputs.flatMap(({ charts }) => charts);
  if (paths.length === 0) {
    if (request.values === undefined && request.set === undefined && request.env === undefined) return [];
    throw new UserError('--values, --set and --env are for charts, and there is none among the inputs.');
  }
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

/** Stands in for a policy that could not be loaded, so that the inputs' own faults are still reported. */
function emptyPolicy({ config, policy }: PolicyChoice): Policy {
  const name = policy ?? config ?? 'chartlint.yaml';
  return {
    name,
    file: undefined,
    release: {},
    environments: [],
    externals: [],
    podKinds: [],
    principles: [],
    disabled: [],
    ignores: [],
  };
}
