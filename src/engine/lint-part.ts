import { Bundle } from '../bundle/bundle.ts';
import type { Chart } from '../bundle/chart.ts';
import type { Resource } from '../bundle/resource.ts';
import { loadVerdicts, type Verdicts } from '../kube/verdict.ts';
import type { Ignore, Policy } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';
import { applyIgnores } from '../policy/ignore.ts';
import { matchesGlob } from '../text/glob.ts';
import type { Location, SourceText } from '../text/source.ts';
import { checkChart } from './check-chart.ts';
import { checkBundle, type CheckedBundle, type RuleCrash } from './check.ts';
import { groupResources } from './group.ts';
import type { LoadedInput } from './inputs.ts';
import { mergeEnvironments, numberTwins } from './merge-environments.ts';
import { placeOf } from './place.ts';
import type { ReadPart } from './read-part.ts';
import { SourceReader } from './read-sources.ts';
import { ReadingProgress } from './reading-progress.ts';
import type { RenderedChart } from './rendered-chart.ts';
import type { Finding, LintedSource, RunError } from './result.ts';
import { nameOf, settleFindings, type ChartFileUse } from './settle.ts';
import { suppress } from './suppress.ts';
import type { JudgedSuppression } from './suppression-finding.ts';
import { knownIds } from './suppression-ids.ts';
import type { DataFlow, FlowSource } from './trace-flows.ts';

/** What every part of a run is linted with. */
export interface PartRequest {
  readonly policy: Policy;
  /** All rules that there are: a comment may name one that this policy does not check. */
  readonly rules?: Rules | undefined;
  /** The version of Kubernetes whose API server is asked; the newest known one by default. */
  readonly kubeVersion?: string | undefined;
  /** Whether all of the policy is known and checked: only then can an id in a comment be wrong. */
  readonly isPolicyWhole: boolean;
  /** Accept inputs in which there is nothing to lint. */
  readonly allowEmpty: boolean;
  /** Whether the way of every setting is asked for. */
  readonly withFlows?: boolean | undefined;
  /** The day of the run, as YYYY-MM-DD, against which ignores expire. */
  readonly today: string;
  /** Takes what is being read. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** What was found in one chart, or in the manifests: plain data, so that one thread can hand it to another. */
export interface LintedPart {
  /** Of all environments, merged; what a comment, an annotation or the policy accepts is marked. */
  readonly findings: readonly Finding[];
  readonly errors: readonly RunError[];
  readonly crashes: readonly RuleFailure[];
  /** What became of comments and annotations. */
  readonly suppressions: readonly JudgedSuppression[];
  /** Which of the policy's ignores match findings here, by their places in the policy. */
  readonly usedIgnores: readonly number[];
  /** Which match none, though they are for objects that are here. */
  readonly idleIgnores: readonly number[];
  /** Ids of the principles of which at least one check had a subject. */
  readonly applied: readonly string[];
  readonly environments: readonly string[];
  readonly resources: number;
  readonly files: number;
  /** The texts that locations point into. */
  readonly sources: readonly PartSource[];
  readonly flows: readonly DataFlow[];
  /** The chart's folder or archive; undefined for manifests. */
  readonly chart: string | undefined;
  /** A library chart renders nothing: it is linted with the charts that use it. */
  readonly isLibrary: boolean;
}

interface PartSource extends Omit<LintedSource, 'source'> {
  readonly file: string;
  readonly text: string;
}

/** A rule that threw, and what it threw. */
interface RuleFailure {
  readonly ruleId: string;
  readonly message: string;
  readonly location: Location | undefined;
}

export interface ManifestRequest extends PartRequest {
  /** The namespace of manifests that name none, when it is known. */
  readonly namespace: string | undefined;
  /** What stands in the sources, when they have been read already. */
  readonly read?: ReadonlyMap<SourceText, readonly ReadPart[]> | undefined;
}

/** Lints the manifests of all inputs, which may refer to each other. */
export async function lintManifests(inputs: readonly LoadedInput[], request: ManifestRequest): Promise<LintedPart> {
  const { policy, namespace, allowEmpty } = request;
  const reader = new SourceReader(policy);
  const resources: Resource[] = [];
  const progress = new ReadingProgress(
    inputs.flatMap(({ sources }) => sources),
    request.read === undefined ? request.onProgress : undefined,
  );
  for (const { name, sources } of inputs) {
    let isEmpty = sources.length > 0;
    for (const source of sources) {
      progress.report(source, 0);
      const read = reader.read(source, request.read?.get(source), (offset) => progress.report(source, offset));
      progress.finish(source);
      isEmpty &&= read.isEmpty;
      for (const resource of read.resources) resources.push(resource);
    }
    if (isEmpty && !allowEmpty) reader.errors.push(nothingToLint(name === '-' ? (sources[0]?.file ?? name) : name));
  }
  if (resources.length > 0) request.onProgress?.(`checking ${resources.length} resources`);
  const verdicts = await verdictsFor(resources, request);
  const bundles = groupResources(resources).map((group) => new Bundle(group, { ...policy, namespace }));
  return settlePart(request, {
    reader,
    resources,
    checked: bundles.map((bundle) => checkBundle(bundle, policy, verdicts)),
    flowing: bundles.map((bundle) => ({ chart: undefined, environment: undefined, bundle })),
    chart: undefined,
  });
}

/** Lints a chart in all its environments. */
export async function lintChart(chart: RenderedChart, request: PartRequest): Promise<LintedPart> {
  const { policy, allowEmpty } = request;
  const reader = new SourceReader(policy);
  let isEmpty = chart.environments.length > 0;
  const environments = chart.environments.map(({ name, namespace, rendered, overlays }) => {
    const found = reader.read(rendered);
    isEmpty &&= found.isEmpty;
    const bundle = new Bundle(found.resources, { ...policy, namespace });
    return { name, resources: found.resources, bundle, overlays };
  });
  if (isEmpty && !allowEmpty) reader.errors.push(nothingToLint(chart.name));
  const resources = environments.flatMap((environment) => environment.resources);
  const verdicts = await verdictsFor(resources, request);
  const checked = environments.map(({ bundle }) => checkBundle(bundle, policy, verdicts));
  const model: Chart | undefined = chart.parts && { ...chart.parts, environments };
  if (model !== undefined) checked.push(checkChart(model, policy));
  for (const { source } of chart.files) reader.add(source);
  const flowing = environments.map(({ name, bundle }) => ({ chart: chart.name, environment: name, bundle }));
  return settlePart(request, { reader, resources, checked, flowing, chart });
}

interface CheckedPart {
  readonly reader: SourceReader;
  readonly resources: readonly Resource[];
  readonly checked: readonly CheckedBundle[];
  readonly flowing: readonly FlowSource[];
  readonly chart: RenderedChart | undefined;
}

async function settlePart(
  { policy, rules, isPolicyWhole, withFlows = false, today }: PartRequest,
  { reader, resources, checked, flowing, chart }: CheckedPart,
): Promise<LintedPart> {
  const chartFiles = new Map<SourceText, ChartFileUse>();
  for (const { source, environments } of chart?.files ?? []) {
    chartFiles.set(source, { chart: chart?.name ?? '', environments });
  }
  const inPlace = suppress({
    findings: settleFindings(
      checked.flatMap((bundle) => bundle.findings),
      policy,
      chartFiles,
    ),
    sources: [...reader.sources.values()].map(({ source }) => source),
    resources,
    policy,
    known: isPolicyWhole ? knownIds(policy, rules?.keys() ?? []) : undefined,
    today,
  });
  // An ignore may be for the object of one environment.
  const { findings, used, unused } = applyIgnores(inPlace.findings, policy.ignores, today);
  const shown = {
    findings: numberTwins(
      mergeEnvironments(
        findings.map((finding) => ({ ...finding, resource: finding.resource && nameOf(finding.resource) })),
      ),
    ),
    errors: [...(chart?.errors ?? []), ...reader.errors, ...inPlace.errors],
    crashes: firstCrashes(checked.flatMap(({ crashes }) => crashes)),
    suppressions: inPlace.suppressions,
  };
  return {
    ...shown,
    usedIgnores: used.map((ignore) => policy.ignores.indexOf(ignore)),
    idleIgnores: unused
      .filter((ignore) => isCovered(ignore, resources))
      .map((ignore) => policy.ignores.indexOf(ignore)),
    applied: [...new Set(checked.flatMap(({ applied }) => [...applied]))],
    environments: chart?.environments.map(({ name }) => name) ?? [],
    resources: reader.resourceCount,
    files: chart === undefined ? reader.sources.size : chart.files.length,
    sources: (chart === undefined ? [...reader.sources.values()] : shownSources(shown, reader.sources)).map(toPlain),
    flows: withFlows ? (await import('./trace-flows.ts')).traceFlows(flowing) : [],
    chart: chart?.name,
    isLibrary: chart?.isLibrary === true,
  };
}

/** Of a chart's many texts, those that something was found in. */
function shownSources(
  shown: Pick<LintedPart, 'findings' | 'errors' | 'crashes' | 'suppressions'>,
  sources: ReadonlyMap<string, LintedSource>,
): LintedSource[] {
  const { findings, errors, crashes, suppressions } = shown;
  const files = new Set<string | undefined>();
  for (const { location, rendered, related, values } of [
    ...findings,
    ...suppressions.flatMap(({ problem }) => problem ?? []),
  ]) {
    for (const { file } of [location, rendered, ...values, ...related.map((place) => place.location)]) files.add(file);
  }
  for (const { location } of [...errors, ...crashes]) files.add(location?.file);
  return [...sources.values()].filter(({ source }) => files.has(source.file));
}

/** A rendering also knows where each of its characters comes from. */
function toPlain({ source: { file, text }, documents, secretKeys }: LintedSource): PartSource {
  return { file, text, documents, secretKeys };
}

function nothingToLint(file: string): RunError {
  return {
    kind: 'input',
    message: 'There is nothing to lint here: no Kubernetes object was found. Use --allow-empty if that is right.',
    location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

async function verdictsFor(
  resources: readonly Resource[],
  { policy, kubeVersion }: PartRequest,
): Promise<Verdicts | undefined> {
  const isNeeded = policy.principles.some(({ checks }) => checks.some(({ rule }) => rule.needsVerdicts === true));
  return isNeeded && resources.length > 0 ? loadVerdicts(resources, { kubeVersion }) : undefined;
}

/** A rule that throws for one subject mostly throws for all. */
function firstCrashes(crashes: readonly RuleCrash[]): RuleFailure[] {
  const first = new Map<string, RuleCrash>();
  for (const crash of crashes) if (!first.has(crash.ruleId)) first.set(crash.ruleId, crash);
  return [...first.values()].map(({ ruleId, error, cursor }) => ({
    ruleId,
    message: error instanceof Error ? error.message : String(error),
    location: cursor && placeOf(cursor),
  }));
}

/** A run over part of the manifests says nothing about an ignore for the rest. */
function isCovered({ resource }: Ignore, resources: readonly Resource[]): boolean {
  return resource === undefined || resources.some(({ kind, name }) => matchesGlob(`${kind}/${name}`, resource));
}
