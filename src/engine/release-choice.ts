import type { UserValues } from '../helm/flags/user-values.ts';
import { splitLists } from './split-lists.ts';

/** The options of a release, as helm's flags. */
export interface ReleaseFlags {
  /** `-f`: values files; each may be several between commas. */
  readonly values?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly setString?: readonly string[] | undefined;
  readonly setJson?: readonly string[] | undefined;
  readonly setFile?: readonly string[] | undefined;
  readonly setLiteral?: readonly string[] | undefined;
  /** Undefined: the policy's, else `default`. */
  readonly namespace?: string | undefined;
  /** Undefined: the policy's, else `release-name`. */
  readonly releaseName?: string | undefined;
  readonly kubeVersion?: string | undefined;
  readonly apiVersions?: readonly string[] | undefined;
  readonly includeCrds?: boolean | undefined;
  /** Folders outside of the chart's Git repository that `file://` dependencies may be in. */
  readonly depsFrom?: readonly string[] | undefined;
}

/** The options of the release when a chart is linted: `-f` and `--set` make one ad hoc environment. */
export interface ReleaseChoice extends ReleaseFlags {
  /** Only these environments of the policy, or of the chart's overlays. */
  readonly env?: readonly string[] | undefined;
}

/** What helm calls a release that got no name, and where it puts it. */
export const DEFAULT_RELEASE = { name: 'release-name', namespace: 'default' };

/** Only the options of the release in a request. */
export function releaseOf({
  values,
  set,
  setString,
  setJson,
  setFile,
  setLiteral,
  namespace,
  releaseName,
  kubeVersion,
  apiVersions,
  includeCrds,
  depsFrom,
  env,
}: ReleaseChoice): Required<ReleaseChoice> {
  const flags = { values, set, setString, setJson, setFile, setLiteral };
  return { ...flags, namespace, releaseName, kubeVersion, apiVersions, includeCrds, depsFrom, env };
}

/** Whether flags make an environment of their own, in place of those of the policy. */
export function isAdHoc({ values, set, setString, setJson, setFile, setLiteral }: ReleaseFlags): boolean {
  return [values, set, setString, setJson, setFile, setLiteral].some((flags) => flags !== undefined);
}

/** The values that flags set. */
export function userValuesOf({ values, set, setString, setJson, setFile, setLiteral }: ReleaseFlags): UserValues {
  return {
    files: splitLists(values ?? []),
    set: set ?? [],
    setString: setString ?? [],
    setJson: setJson ?? [],
    setFile: setFile ?? [],
    setLiteral: setLiteral ?? [],
  };
}
