import type { Policy } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';
import { choosePolicy, type PolicyChoice } from './choose-policy.ts';
import { loadInputs } from './inputs.ts';
import { lint } from './lint.ts';
import type { Result, RunError } from './result.ts';
import { selectChecks, type Selection } from './select-checks.ts';

export interface RunRequest extends PolicyChoice, Selection {
  /** Files, folders, globs, and `-` for standard input. */
  readonly inputs: readonly string[];
  readonly readStdin: () => Promise<Uint8Array>;
  readonly stdinFilename: string;
  readonly workingDirectory: string;
  /** The namespace of objects that name none; by default the policy's `release.namespace`. */
  readonly namespace?: string | undefined;
  readonly allowEmpty: boolean;
  readonly now: Date;
  readonly rules: Rules;
}

/**
 * One whole run: reads the inputs and the policy, and lints. Whatever cannot be read becomes an error of the result,
 * and the rest is linted.
 * @throws UserError when the request itself cannot be understood
 */
export async function run(request: RunRequest): Promise<Result> {
  const { workingDirectory, rules } = request;
  const inputs = [...new Set(request.inputs)];
  const { policy, errors } = await choosePolicy(request, inputs, workingDirectory, rules);
  const stdin = inputs.includes('-') ? await request.readStdin() : new Uint8Array();
  const loaded = await loadInputs({
    inputs,
    readStdin: () => stdin,
    stdinFilename: request.stdinFilename,
    workingDirectory,
    allowEmpty: request.allowEmpty,
    expandGlob: (pattern) => expandGlob(pattern, workingDirectory),
  });
  const configErrors = errors.map(({ message, location }): RunError => ({ kind: 'config', message, location }));
  return lint({
    loaded: { inputs: loaded.inputs, errors: [...configErrors, ...loaded.errors] },
    policy: policy === undefined ? emptyPolicy(request) : selectChecks(policy, request),
    namespace: request.namespace ?? policy?.release.namespace,
    isPartial: request.only !== undefined || request.skip !== undefined,
    allowEmpty: request.allowEmpty,
    today: request.now.toISOString().slice(0, 10),
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
