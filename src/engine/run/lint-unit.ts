import type { Verdicts } from '../../kube/verdict.ts';
import { countUnknownKinds } from '../check/unknown-kinds.ts';
import { Bundle } from '../../bundle/bundle.ts';
import type { Chart } from '../../bundle/chart.ts';
import type { Resource } from '../../bundle/resource.ts';
import type { BaselineBase } from '../baseline/name-in-baseline.ts';
import { ANYTHING, type Unread } from '../../bundle/unread.ts';
import type { Ignore, Policy } from '../../policy/policy.ts';
import type { Rules } from '../../rule/rule.ts';
import { applyIgnores } from '../../policy/ignore.ts';
import { matchesGlob } from '../../text/glob.ts';
import type { Location, SourceText } from '../../text/source.ts';
import { checkChart } from '../check/check-chart.ts';
import { checkBundle, type CheckedBundle, type RuleCrash } from '../check/check-bundle.ts';
import { checkTexts } from '../check/check-texts.ts';
import { splitConflicting } from '../check/split-conflicting.ts';
import type { LoadedInput } from '../inputs/load-inputs.ts';
import { mergeEnvironments, numberTwins } from '../findings/merge-environments.ts';
import { locateOrigin } from '../findings/provenance.ts';
import { readChartText } from '../documents/chart-text.ts';
import type { ReadSection } from '../documents/read-section.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import { SourceReader } from '../documents/source-reader.ts';
import { ReadingProgress } from '../documents/reading-progress.ts';
import type { RenderedChart } from '../render/rendered-chart.ts';
import type { Finding, LintedSource, RunError, UnknownKind } from '../result.ts';
import { pickNames, toFindings, type ChartFileUse } from '../findings/to-findings.ts';
import { UnitSecrets } from '../findings/unit-secrets.ts';
import { applySuppressions } from '../suppressions/apply-suppressions.ts';
import type { JudgedSuppression } from '../suppressions/ignore-findings.ts';
import { knownIds } from '../suppressions/ignore-ids.ts';
import type { DataFlow } from '../data-flow.ts';
import type { FlowSource } from '../trace/trace-flows.ts';
import { Turns } from './turns.ts';
import { loadVerdictsFor } from '../check/needed-verdicts.ts';

/** What every unit of a run is linted with: a chart, or the manifests. */
export interface UnitRequest {
  readonly policy: Policy;
  /** All rules that there are: a comment may name one that this policy does not check. */
  readonly rules?: Rules | undefined;
  /** What the paths of the policy's schemas are relative to; the working directory of the process by default. */
  readonly workingDirectory?: string | undefined;
  /** The version of Kubernetes whose API server is asked; the newest known one by default. */
  readonly kubeVersion?: string | undefined;
  /** Whether all of the policy is known and checked: only then can an id in a comment be wrong. */
  readonly isPolicyWhole: boolean;
  /** Do not fail when there is nothing to lint. */
  readonly allowEmpty: boolean;
  /** Whether the way of every setting is asked for. */
  readonly withFlows?: boolean | undefined;
  /** The day of the run, as YYYY-MM-DD, against which ignores expire. */
  readonly today: string;
  /** What files in fingerprints are relative to; by default the working directory. */
  readonly fingerprintBase?: BaselineBase | undefined;
  /** Takes what is being read. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** What was found in one chart, or in the manifests: plain data, so that one thread can hand it to another. */
export interface LintedUnit {
  /** Of all environments, merged; what a comment, an annotation or the policy accepts is marked. */
  readonly findings: readonly Finding[];
  readonly errors: readonly RunError[];
  readonly crashes: readonly RuleFailure[];
  /** What became of comments and annotations. */
  readonly suppressions: readonly JudgedSuppression[];
  /** Which of the policy's ignores match findings here, by their places in the policy. */
  readonly usedIgnores: readonly number[];
  /** Which match nothing, though they are for objects that are here. */
  readonly unusedIgnores: readonly number[];
  /** Ids of the principles of which at least one check had a subject. */
  readonly applied: readonly string[];
  readonly environments: readonly string[];
  /** Names of all that the chart has, chosen or not; undefined where nobody can tell. */
  readonly environmentNames: readonly string[] | undefined;
  readonly resources: number;
  /** Kinds of which there is no schema, with their resources. */
  readonly unknownKinds: readonly UnknownKind[];
  readonly files: number;
  /** The texts that locations point into. */
  readonly sources: readonly UnitSource[];
  readonly flows: readonly DataFlow[];
  /** The chart's folder or archive; undefined for manifests. */
  readonly chart: string | undefined;
  /** What the user should know, in full sentences. */
  readonly notes: readonly string[];
  /** A library chart renders nothing: it is linted with the charts that use it. */
  readonly isLibrary: boolean;
}

interface UnitSource extends Omit<LintedSource, 'source'> {
  readonly file: string;
  readonly text: string;
}

/** A rule that threw, and what it threw. */
interface RuleFailure {
  readonly ruleId: string;
  readonly message: string;
  readonly location: Location | undefined;
}

export interface ManifestRequest extends UnitRequest {
  /** The namespace of manifests that name none, when it is known. */
  readonly namespace: string | undefined;
  /** Whether every input could be opened: what could not may be anything. */
  readonly isAllRead?: boolean | undefined;
  /** What is in the sources, if they have already been read. */
  readonly read?: ReadonlyMap<SourceText, readonly ReadSection[]> | undefined;
}

/** Lints the manifests of all inputs, which may refer to each other. */
export async function lintManifests(inputs: readonly LoadedInput[], request: ManifestRequest): Promise<LintedUnit> {
  const { policy, namespace, kubeVersion, allowEmpty } = request;
  const reader = new SourceReader(policy);
  const resources: Resource[] = [];
  const turns = new Turns();
  const unread: Unread[] = request.isAllRead !== false ? [] : [ANYTHING];
  const progress = new ReadingProgress(
    inputs.flatMap(({ sources }) => sources),
    request.read === undefined ? request.onProgress : undefined,
  );
  for (const { name, sources, isPart = false } of inputs) {
    let isEmpty = sources.length > 0;
    for (const source of sources) {
      progress.report(source, 0);
      const read = reader.read(source, request.read?.get(source), (offset) => progress.report(source, offset));
      progress.finish(source);
      await turns.pass();
      isEmpty &&= read.isEmpty;
      for (const resource of read.resources) resources.push(resource);
      for (const object of read.unread) unread.push(object);
    }
    if (isEmpty && !allowEmpty && !isPart)
      reader.errors.push(nothingToLint(name === '-' ? (sources[0]?.file ?? name) : name));
  }
  if (resources.length > 0) request.onProgress?.(`checking ${resources.length} resources`);
  const verdicts = await loadVerdictsFor(resources, { ...request, errors: reader.errors });
  await turns.pass();
  const bundles = splitConflicting(resources).map(
    (group) => new Bundle(group, { ...policy, namespace, unread, kubeVersion }),
  );
  const checked = bundles.map((bundle) => checkBundle(bundle, policy, verdicts));
  return settleUnit(request, {
    reader,
    resources,
    verdicts,
    checked: [...checked, checkTexts(reader.texts, policy, reader.resourceCount > 0)],
    flowing: bundles.map((bundle) => ({ chart: undefined, environment: undefined, bundle })),
    chart: undefined,
  });
}

/** Lints a chart in all its environments. */
export async function lintChart(chart: RenderedChart, request: UnitRequest): Promise<LintedUnit> {
  const { policy, allowEmpty } = request;
  const reader = new SourceReader(policy);
  let isEmpty = chart.environments.length > 0;
  const environments = chart.environments.map(({ name, namespace, kubeVersion, isForCi, rendered, overlays }) => {
    const found = reader.read(rendered);
    isEmpty &&= found.isEmpty;
    const bundle = new Bundle(found.resources, { ...policy, namespace, unread: found.unread, kubeVersion });
    return { name, kubeVersion, isForCi, resources: found.resources, bundle, overlays };
  });
  if (isEmpty && !allowEmpty)
    reader.errors.push(nothingToLint(chart.model?.manifest.document.source.file ?? chart.name));
  const resources = environments.flatMap((environment) => environment.resources);
  const verdicts = new Map<string | undefined, Verdicts | undefined>();
  for (const kubeVersion of new Set(environments.map((environment) => environment.kubeVersion))) {
    // What is wrong with the schemas is the same for each version.
    const errors = verdicts.size === 0 ? reader.errors : [];
    verdicts.set(kubeVersion, await loadVerdictsFor(resources, { ...request, kubeVersion, crds: chart.crds, errors }));
  }
  const checked = environments.map(({ bundle, kubeVersion }) => checkBundle(bundle, policy, verdicts.get(kubeVersion)));
  const model: Chart | undefined = chart.model && { ...chart.model, environments };
  if (model !== undefined) checked.push(checkChart(model, policy));
  const texts = [...reader.texts, ...chart.files.flatMap(readChartText)];
  checked.push(checkTexts(texts, policy, reader.resourceCount > 0));
  for (const { source } of chart.files) reader.add(source);
  const flowing = environments.map(({ name, bundle }) => ({ chart: chart.name, environment: name, bundle }));
  // Of which kinds there is a schema is the same for each version.
  const [anyVerdicts] = verdicts.values();
  return settleUnit(request, { reader, resources, verdicts: anyVerdicts, checked, flowing, chart });
}

interface CheckedUnit {
  readonly reader: SourceReader;
  readonly resources: readonly Resource[];
  readonly verdicts: Verdicts | undefined;
  readonly checked: readonly CheckedBundle[];
  readonly flowing: readonly FlowSource[];
  readonly chart: RenderedChart | undefined;
}

async function settleUnit(
  { policy, rules, isPolicyWhole, withFlows = false, today, fingerprintBase }: UnitRequest,
  { reader, resources, verdicts, checked, flowing, chart }: CheckedUnit,
): Promise<LintedUnit> {
  const chartFiles = new Map<SourceText, ChartFileUse>();
  for (const { source, environments } of chart?.files ?? []) {
    chartFiles.set(source, { chart: chart?.name ?? '', environments });
  }
  const secrets = secretsOf(reader, chart);
  const inPlace = applySuppressions({
    findings: toFindings(
      checked.flatMap((bundle) => bundle.findings),
      policy,
      chartFiles,
      fingerprintBase,
      secrets,
    ),
    sources: [...reader.sources.values()].map(({ source }) => source),
    resources,
    policy,
    fingerprintBase,
    known: isPolicyWhole ? knownIds(policy, rules?.keys() ?? []) : undefined,
    today,
  });
  // An ignore may be for the object of one environment.
  const maskMessage = <T extends { readonly message: string }>(said: T): T => {
    return { ...said, message: secrets.mask(said.message) };
  };
  const { findings, used, unused } = applyIgnores(inPlace.findings, policy.ignores, today);
  const shown = {
    findings: numberTwins(
      mergeEnvironments(
        findings.map((finding) => ({ ...finding, resource: finding.resource && pickNames(finding.resource) })),
      ),
    ),
    errors: [...(chart?.errors ?? []), ...[...reader.errors, ...inPlace.errors].map(maskMessage)],
    crashes: firstCrashes(checked.flatMap(({ crashes }) => crashes)).map(maskMessage),
    suppressions: inPlace.suppressions.map((each) =>
      each.problem === undefined ? each : { ...each, problem: secrets.maskFinding(each.problem) },
    ),
  };
  return {
    ...shown,
    findings: markNamespaces(shown.findings, resources).map(withShownNames),
    usedIgnores: used.map((ignore) => policy.ignores.indexOf(ignore)),
    unusedIgnores: unused
      .filter((ignore) => isCovered(ignore, resources))
      .map((ignore) => policy.ignores.indexOf(ignore)),
    applied: [...new Set(checked.flatMap(({ applied }) => [...applied]))],
    environments: chart?.environments.map(({ name }) => name) ?? [],
    environmentNames: chart?.environmentNames,
    resources: reader.resourceCount,
    unknownKinds: verdicts === undefined ? [] : secrets.maskKinds(countUnknownKinds(resources, verdicts)),
    files: chart === undefined ? reader.sources.size : chart.files.length,
    sources: (chart === undefined ? [...reader.sources.values()] : shownSources(shown, reader.sources)).map((linted) =>
      toPlain(linted, secrets),
    ),
    flows: withFlows ? (await import('../trace/trace-flows.ts')).traceFlows(flowing, secrets.mask) : [],
    chart: chart?.name,
    notes: chart?.notes ?? [],
    isLibrary: chart?.isLibrary === true,
  };
}

/** The texts of a chart that have findings. */
function shownSources(
  shown: Pick<LintedUnit, 'findings' | 'errors' | 'crashes' | 'suppressions'>,
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

/** A rendering also knows where each of its characters comes from; of that, only what is secret goes on. */
function toPlain({ source, documents, secretKeys }: LintedSource, secrets: UnitSecrets): UnitSource {
  const { file, text } = source;
  return { file, text, documents, secretKeys, secrets: secrets.rangesIn(source) };
}

function secretsOf(reader: SourceReader, chart: RenderedChart | undefined): UnitSecrets {
  const values = (chart?.files ?? []).flatMap(({ source, isData }) => (isData ? [source] : []));
  const renderings = (chart?.environments ?? []).map(({ rendered }) => rendered);
  return new UnitSecrets(renderings, values, reader.isSecretName);
}

/** Ignores have been compared with the names as they are; reports show them without secrets. */
function withShownNames({ shownNames, ...finding }: Finding): Finding {
  if (shownNames === undefined) return finding;
  const { resource, path, field } = shownNames;
  if (finding.resource === undefined || resource === undefined) return { ...finding, path, field };
  return { ...finding, path, field, resource: { ...finding.resource, ...pickNames(resource) } };
}

/** Marks the objects that only their namespace tells from another of the same input or environment. */
function markNamespaces(findings: readonly Finding[], resources: readonly Resource[]): Finding[] {
  const namespaces = new Map<string, Set<string | undefined>>();
  const twins = new Set<string>();
  for (const { source, group, kind, name, namespace } of resources) {
    const scope = source instanceof RenderedText ? source.file : '';
    const key = JSON.stringify([scope, group, kind, name]);
    const known = namespaces.get(key) ?? new Set();
    namespaces.set(key, known.add(namespace));
    if (known.size > 1 && name !== '') twins.add(`${kind}/${name}`);
  }
  if (twins.size === 0) return [...findings];
  return findings.map((finding) => {
    const { resource } = finding;
    if (resource === undefined || !twins.has(`${resource.kind}/${resource.name}`)) return finding;
    return { ...finding, resource: { ...resource, hasTwin: true } };
  });
}

export function nothingToLint(file: string): RunError {
  return {
    kind: 'input',
    message: 'There is nothing to lint here: no Kubernetes object was found. Use --allow-empty if that is expected.',
    location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

/** A rule that throws for one subject mostly throws for all. */
function firstCrashes(crashes: readonly RuleCrash[]): RuleFailure[] {
  const first = new Map<string, RuleCrash>();
  for (const crash of crashes) if (!first.has(crash.ruleId)) first.set(crash.ruleId, crash);
  return [...first.values()].map(({ ruleId, error, cursor }) => ({
    ruleId,
    message: error instanceof Error ? error.message : String(error),
    location: cursor && locateOrigin(cursor),
  }));
}

/** A run over part of the manifests cannot judge an ignore for the rest. */
function isCovered({ resource }: Ignore, resources: readonly Resource[]): boolean {
  return resource === undefined || resources.some(({ kind, name }) => matchesGlob(`${kind}/${name}`, resource));
}
