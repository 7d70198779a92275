import type { RunRequest } from './run-request.ts';
import type { SourceText } from '../../text/source.ts';
import { resolve } from 'node:path';
import { emptyPolicy } from '../../policy/empty-policy.ts';
import type { Changes } from '../inputs/changed-files.ts';
import { choosePolicy, type PolicyChoice } from '../policy/choose-policy.ts';
import { readBaseline, type BaselineFile } from '../baseline/read-baseline.ts';
import { baseOf } from '../baseline/name-in-baseline.ts';
import type { Policy } from '../../policy/policy.ts';
import { type ChartRun } from './lint-charts.ts';
import { type UnitRequest } from './lint-unit.ts';
import { isAdHoc, releaseOf } from '../release-choice.ts';
import { type LoadedInputs } from '../inputs/load-inputs.ts';
import { type PolicyGroup } from '../inputs/group-by-policy.ts';
import type { RunError } from '../result.ts';
import { selectChecks } from '../policy/select-checks.ts';
import type { PolicyTask } from './tasks.ts';
import { UserError } from '../user-error.ts';

/** Inputs that share a policy, and what to do with them. */
export interface PreparedGroup {
  readonly loaded: LoadedInputs;
  /** What its policy was read from; absolute. */
  readonly policyFiles: readonly string[];
  /** The policy's texts that something is wrong with. */
  readonly texts: readonly SourceText[] | undefined;
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

/** Chooses the policy of inputs, and reads what it names. */
export async function prepareGroup(
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
    texts: chosen.faulty,
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
