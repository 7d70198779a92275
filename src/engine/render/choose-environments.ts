import { basename } from 'node:path';
import type { UserValues } from '../../helm/flags/user-values.ts';
import type { Policy } from '../../policy/policy.ts';
import { nearMiss } from '../../text/near-miss.ts';
import { DEFAULT_RELEASE, isAdHoc, userValuesOf, type ReleaseChoice } from '../release-choice.ts';
import { UserError } from '../user-error.ts';

/** One rendering that was asked for. */
export interface EnvironmentRequest {
  readonly name: string;
  readonly values: UserValues;
  /** Whether paths of values files are the chart's, and not the working directory's. */
  readonly isRelativeToChart: boolean;
  readonly namespace: string;
  readonly releaseName: string;
}

/**
 * The environments of a chart: the one that the command line describes, else those of the policy, else `default` and
 * one for each overlay.
 * @param chartFiles names of the files in the chart's own folder
 * @throws UserError for an environment that there is not
 */
export function chooseEnvironments(
  chartFiles: readonly string[],
  choice: ReleaseChoice,
  { environments, release }: Pick<Policy, 'environments' | 'release'>,
): EnvironmentRequest[] {
  const releaseName = choice.releaseName ?? release.name ?? DEFAULT_RELEASE.name;
  const namespaceOf = (own: string | undefined): string => {
    return choice.namespace ?? own ?? release.namespace ?? DEFAULT_RELEASE.namespace;
  };
  if (isAdHoc(choice)) {
    if (choice.env !== undefined)
      throw new UserError(
        '--env selects environments of the policy; it cannot be used with -f or --set, which define a new one.',
      );
    const name = environmentName(choice.values?.at(-1));
    const values = userValuesOf(choice);
    return [{ name, values, isRelativeToChart: false, namespace: namespaceOf(undefined), releaseName }];
  }
  const all: EnvironmentRequest[] =
    environments.length > 0
      ? environments.map(({ name, values, set, namespace }) => ({
          name,
          values: { files: values, ...(set === undefined ? {} : { set }) },
          isRelativeToChart: true,
          namespace: namespaceOf(namespace),
          releaseName,
        }))
      : ['values.yaml', ...chartFiles.filter(isOverlay)].map((file) => ({
          name: environmentName(file),
          values: file === 'values.yaml' ? {} : { files: [file] },
          isRelativeToChart: true,
          namespace: namespaceOf(undefined),
          releaseName,
        }));
  const unknown = choice.env?.find((name) => !all.some((environment) => environment.name === name));
  if (unknown !== undefined) {
    const names = all.map(({ name }) => name);
    const meant = nearMiss(unknown, names);
    const hint = meant === undefined ? `Expected one of: ${names.join(', ')}.` : `Did you mean ${meant}?`;
    throw new UserError(`There is no environment ${unknown}. ${hint}`);
  }
  return choice.env === undefined ? all : all.filter(({ name }) => choice.env?.includes(name));
}

/** A chart with its own values alone. */
export const DEFAULT_ENVIRONMENT = 'default';

const OVERLAY = /^values[-.](.+)\.ya?ml$/;

function isOverlay(file: string): boolean {
  return OVERLAY.test(file);
}

/** `prod` of `values-prod.yaml`; another file's own name; `default` without a file. */
function environmentName(file: string | undefined): string {
  if (file === undefined || file === 'values.yaml') return DEFAULT_ENVIRONMENT;
  const name = basename(file);
  return OVERLAY.exec(name)?.[1] ?? name.replace(/\.ya?ml$/, '');
}
