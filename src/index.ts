import { checkOptions, LINT_OPTIONS, RENDER_OPTIONS } from './engine/check-options.ts';
import type { ReleaseChoice } from './engine/release-choice.ts';
import { RULES } from './engine/registry.generated.ts';
import type { RenderOptions, RenderOutput } from './engine/render/render-once.ts';
import { run } from './engine/run/run.ts';
import { UserError } from './engine/user-error.ts';
import { makeReport, type Report } from './report/json.ts';
import type { Rule, RuleLoader } from './rule/rule.ts';
import { VERSION } from './cli/version.generated.ts';

export { UserError };
export { defineRule } from './rule/rule.ts';
export type { Report } from './report/json.ts';
export type { OptionSchema, OptionsSchema, Infer } from './rule/options.ts';
export type {
  BundleSubject,
  MessageData,
  ProviderSubject,
  RelatedPlace,
  ReportExtras,
  Rule,
  RuleContext,
  RuleMeta,
  Scope,
  Severity,
  Subject,
  SubjectType,
  SubjectTypes,
} from './rule/rule.ts';
export type { RenderOptions, RenderOutput } from './engine/render/render-once.ts';
export type { LineOrigin } from './helm/provenance/source-map.ts';
export {
  choosersOf,
  decidersOf,
  isRandom,
  isSetting,
  keyOriginsOf,
  valuesKeysOf,
  type Chart,
  type ChartDocument,
  type ChartEnvironment,
  type ValuesKey,
} from './bundle/chart.ts';
export type { ValuesUsage } from './helm/values-usage.ts';
export type { Bundle } from './bundle/bundle.ts';
export type { ContainerEnvironment, EnvironmentReference, Variable } from './bundle/environment.ts';
export type { KeyProvider } from './bundle/provider.ts';
export type { Resource } from './bundle/resource.ts';
export {
  isLongRunning,
  podName,
  podNameInside,
  resolvePort,
  volumesOf,
  type Container,
  type Workload,
} from './bundle/workload.ts';
export type { Cursor, PathSegment } from './yaml/cursor.ts';
export type { Node } from './yaml/node.ts';

// What the built-in rules are written with.
export {
  bindingsOf,
  boundRole,
  grantsOf,
  holderPlaces,
  isAccessKind,
  isBindingKind,
  isClusterRoleOfKubernetes,
  isRoleKind,
  nameOf,
  rulesOf,
  type Grant,
  type Permission,
} from './bundle/access.ts';
export {
  budgetedBy,
  budgetsOf,
  isBudgetKind,
  isReplicated,
  isScalingKind,
  replicasOf,
  scalersOf,
  type Scaler,
} from './bundle/scaling.ts';
export { directionsOf, isNetworkPolicyKind, policiesOf } from './bundle/network-policies.ts';
export { nearestWorkload, workloadsMatching, type NearestWorkload } from './bundle/selected.ts';
export { capabilitiesOf, dropsCapability, type Capability } from './bundle/capabilities.ts';
export {
  hostPathMountsOf,
  hostPathVolumesOf,
  mountedHostPaths,
  type HostPathMount,
  type HostPathVolume,
} from './bundle/host-path.ts';
export { podSeccompOf, podSeccompProfiles, seccompOf, type SeccompProfile } from './bundle/seccomp.ts';
export {
  allSecurityContexts,
  effectiveField,
  hasUserNamespace,
  isGiven,
  isMeantForWindows,
  podSecurityContextOf,
  podSecurityContexts,
  runsWindows,
  securityContextOf,
  type HeldContext,
  type InheritedField,
} from './bundle/security-context.ts';
export { BASELINE_CAPABILITIES, DEFAULT_CAPABILITIES } from './kube/capabilities.ts';
export { claimsOf, type Claim } from './bundle/claim.ts';
export { carriesAnyKey, type ConfigMapFilter } from './bundle/config-map-filter.ts';
export { danglingMounts, mountedVolumes, readMounts, volumeNames, type Mount } from './bundle/mount.ts';
export {
  declaredPorts,
  probePorts,
  servedPorts,
  servicesByWorkload,
  targetPorts,
  type DeclaredPort,
  type PortUse,
} from './bundle/ports.ts';
export {
  handlerOf,
  isSet,
  pathOf,
  PROBE_FIELDS,
  PROBE_NAMES,
  probeNumber,
  probeOf,
  type ProbeName,
} from './kube/probe.ts';
export { isPrinted, printingAction } from './bundle/printed.ts';
export { renamedKeys } from './bundle/renamed-keys.ts';
export {
  isMisread,
  isRendered,
  isWritten,
  placeInValue,
  quoteRemedy,
  respelledIn,
  type Respelled,
} from './bundle/respelled.ts';
export { findDebris, findDebrisInFile, isPrintedMap, mayHoldDebris, debrisText, type Debris } from './kube/mangled.ts';
export { quotingRemedy } from './bundle/quoting.ts';
export { looksSecret } from './kube/secret-name.ts';
export { isChosenByCluster } from './bundle/chosen-by-cluster.ts';
export { injectedValuesOf } from './kube/injected-value.ts';
export { isSecretPlaceholder } from './kube/secret-placeholder.ts';
export { detectSecretValue, type SecretKind, type SecretValue } from './kube/secret-value.ts';
export { apiGroupOf } from './kube/api-group.ts';
export { labelsOf, matchesLabels, matchesSelector, type Labels } from './kube/label-selector.ts';
export { nanosOf } from './kube/validation/quantity.ts';
export type { StructureIssue, Structures } from './kube/structure.ts';
export type { ValidationIssue } from './kube/validation/issue.ts';
export { enumerate } from './text/enumerate.ts';
export { isGlob, matchesAnyGlob, matchesGlob, namedLike } from './text/glob.ts';
export { kindredName } from './text/kindred-name.ts';
export { Candidates, nearMiss } from './text/near-miss.ts';
export { isInside, normalizePath } from './text/path.ts';
export { pathText } from './yaml/path-text.ts';

export interface LintOptions extends ReleaseChoice {
  /** Charts, files, folders, globs, and `-` for `stdin`. Relative to `workingDirectory`. */
  readonly inputs: readonly string[];
  /** The text that the input `-` stands for. */
  readonly stdin?: string;
  /** What the report calls `stdin`; `<stdin>` by default. */
  readonly stdinFilename?: string;
  /** A policy file. By default the `chartlint.yaml` of the inputs, else the policy `recommended`. */
  readonly config?: string;
  /** Names of built-in policies, or policy files; goes before `config`. Of several, later ones win over earlier ones. */
  readonly policy?: string | readonly string[];
  /** Rules of your own, by id, for policies to use in addition to the built-in ones. */
  readonly rules?: Readonly<Record<string, Rule>>;
  /** Only these principles and rules. */
  readonly only?: readonly string[];
  /** Not these principles and rules. */
  readonly skip?: readonly string[];
  /** Only what Git says changed since this commit, tag or branch. */
  readonly changedSince?: string;
  /** Do not fail when there is nothing to lint. */
  readonly allowEmpty?: boolean;
  /** The current one by default. */
  readonly workingDirectory?: string;
  /** The time of the run, against which ignores expire; the current one by default. */
  readonly now?: Date;
}

/**
 * Lints charts and manifests, as the command line does.
 * @returns what `--format json` prints, as an object; whatever could not be read is among its `errors`
 * @throws UserError when the options cannot be understood, such as an unknown id in `only`
 */
export async function lint(options: LintOptions): Promise<Report> {
  checkOptions('lint', options, LINT_OPTIONS, ['inputs']);
  const result = await run({
    ...options,
    stdinFilename: options.stdinFilename ?? '<stdin>',
    workingDirectory: options.workingDirectory ?? process.cwd(),
    allowEmpty: options.allowEmpty ?? false,
    now: options.now ?? new Date(),
    readStdin: async () => new TextEncoder().encode(options.stdin ?? ''),
    rules: new Map([...RULES, ...ownRules(options)]),
  });
  return makeReport(result, VERSION);
}

function ownRules({ rules = {} }: LintOptions): [string, RuleLoader][] {
  return Object.entries(rules).map(([id, rule]) => [id, async () => ({ default: rule })]);
}

/**
 * Renders a chart in-process, exactly as `helm template` 4.1.4 does.
 * @param chart its folder or `.tgz`
 * @throws UserError for an option that is unknown or of another type, and an error with Helm's message when the chart
 * does not render
 */
export async function render(chart: string, options: RenderOptions = {}): Promise<RenderOutput> {
  if (typeof chart !== 'string') throw new UserError('render takes the folder or archive of a chart as a string.');
  checkOptions('render', options, RENDER_OPTIONS, []);
  const { renderOnce } = await import('./engine/render/render-once.ts');
  return renderOnce(chart, options);
}
