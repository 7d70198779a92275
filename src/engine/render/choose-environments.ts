import type { UserValues } from '../../helm/flags/user-values.ts';
import type { Policy, PolicyReach } from '../../policy/policy.ts';
import { nearMiss } from '../../text/near-miss.ts';
import { DEFAULT_RELEASE, isAdHoc, userValuesOf, type ReleaseChoice } from '../release-choice.ts';
import { UserError } from '../user-error.ts';
import { environmentName, findEnvironments, isForCi, type ChartFiles } from './find-environments.ts';

/** One rendering that was asked for. */
export interface EnvironmentRequest {
  readonly name: string;
  readonly values: UserValues;
  /** Whether paths of values files are the chart's, and not the working directory's. */
  readonly isRelativeToChart: boolean;
  /** Whether the policy names the values files; else they are in the chart. */
  readonly isOfPolicy?: boolean;
  /** Where a policy reads that was found; undefined: where the user may. */
  readonly reach?: PolicyReach | undefined;
  readonly namespace: string;
  readonly releaseName: string;
  /** Undefined: what helm takes. */
  readonly kubeVersion: string | undefined;
  /** Whether it is for the tests of the chart itself. */
  readonly isForCi: boolean;
}

/**
 * The environments of a chart: the one that the command line describes, else those of the policy, else `default` and
 * those that its files are named after. An optional one is left out where a values file of it is missing.
 * @returns those to render, the names of all, and what the user should know
 */
export function chooseEnvironments(
  chartFiles: ChartFiles,
  choice: ReleaseChoice,
  { environments, release, reach }: Pick<Policy, 'environments' | 'release' | 'reach'>,
): {
  readonly chosen: readonly EnvironmentRequest[];
  readonly names: readonly string[];
  readonly note?: string | undefined;
} {
  const releaseName = choice.releaseName ?? release.name ?? DEFAULT_RELEASE.name;
  const namespaceOf = (own: string | undefined): string => {
    return choice.namespace ?? own ?? release.namespace ?? DEFAULT_RELEASE.namespace;
  };
  const kubeVersionOf = (own: string | undefined): string | undefined => {
    return choice.kubeVersion ?? own ?? release.kubeVersion;
  };
  if (isAdHoc(choice)) {
    if (choice.env !== undefined)
      throw new UserError(
        '--env selects environments of the policy; it cannot be used with -f or --set, which define a new one.',
      );
    const name = environmentName(choice.values?.at(-1));
    const values = userValuesOf(choice);
    const namespace = namespaceOf(undefined);
    const kubeVersion = kubeVersionOf(undefined);
    const chosen = [{ name, values, isRelativeToChart: false, namespace, releaseName, kubeVersion, isForCi: false }];
    return { chosen, names: [name] };
  }
  const here = environments.filter(({ optional, values }) => {
    return optional !== true || values.every((file) => chartFiles.has(file, reach?.within));
  });
  const found = here.length > 0 ? undefined : findEnvironments(chartFiles);
  const all: EnvironmentRequest[] =
    found === undefined
      ? here.map(({ name, values, set, namespace, kubeVersion }) => ({
          name,
          values: { files: values, ...(set === undefined ? {} : { set }) },
          isRelativeToChart: true,
          isOfPolicy: true,
          reach,
          namespace: namespaceOf(namespace),
          releaseName,
          kubeVersion: kubeVersionOf(kubeVersion),
          isForCi: isForCi(values),
        }))
      : found.environments.map(({ name, file }) => ({
          name,
          values: file === undefined ? {} : { files: [file] },
          isRelativeToChart: true,
          namespace: namespaceOf(undefined),
          releaseName,
          kubeVersion: kubeVersionOf(undefined),
          isForCi: file !== undefined && isForCi([file]),
        }));
  const chosen = choice.env === undefined ? all : all.filter(({ name }) => choice.env?.includes(name));
  return { chosen, names: all.map(({ name }) => name), note: found?.note };
}

/** The environments of a chart by name; undefined where nobody can tell. */
export interface ChartNames {
  readonly chart: string | undefined;
  readonly environmentNames: readonly string[] | undefined;
}

/**
 * Looks for environments that were asked for in the charts of a run. A chart without them is left out, which is worth a
 * note.
 * @returns a sentence for each chart that lacks some
 * @throws UserError for an environment that no chart has
 */
export function requireEnvironments(asked: readonly string[], charts: readonly ChartNames[]): string[] {
  const known = charts.flatMap(({ environmentNames }) => environmentNames ?? []);
  const unknown = asked.find((name) => !known.includes(name));
  const isClear = charts.length > 0 && charts.every(({ environmentNames }) => environmentNames !== undefined);
  if (unknown !== undefined && isClear) throw new UserError(explainUnknown(unknown, known));
  return charts.flatMap(({ chart, environmentNames }) => {
    const missing = environmentNames === undefined ? [] : asked.filter((name) => !environmentNames.includes(name));
    if (missing.length === 0 || chart === undefined) return [];
    const isSkipped = missing.length === asked.length;
    const names = missing.join(' or ');
    return [`${chart} has no environment ${names}${isSkipped ? ': the chart is skipped' : ''}.`];
  });
}

function explainUnknown(name: string, known: readonly string[]): string {
  const meant = nearMiss(name, known);
  const hint = meant === undefined ? `Expected one of: ${[...new Set(known)].join(', ')}.` : `Did you mean ${meant}?`;
  return `There is no environment ${name}. ${hint}`;
}
