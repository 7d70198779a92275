import { Bundle } from '../bundle/bundle.ts';
import type { Chart } from '../bundle/chart.ts';
import type { Resource } from '../bundle/resource.ts';
import { loadStructures, type Structures } from '../kube/structure.ts';
import { applyIgnores } from '../policy/ignore.ts';
import type { Ignore, Policy } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';
import { matchesGlob } from '../text/glob.ts';
import type { SourceText } from '../text/source.ts';
import { checkChart } from './check-chart.ts';
import { checkBundle, type CheckedBundle, type RuleCrash } from './check.ts';
import type { FlowSource } from './trace-flows.ts';
import { groupResources } from './group.ts';
import type { LoadedInputs } from './inputs.ts';
import { acceptBaseline, type Baseline } from './baseline.ts';
import { mergeEnvironments, numberTwins } from './merge-environments.ts';
import { placeOf } from './place.ts';
import { countFindings, principleResults } from './principle-results.ts';
import { SourceReader } from './read-sources.ts';
import type { RenderedChart } from './rendered-chart.ts';
import type { CheckedRule, Finding, Result, RunError } from './result.ts';
import { settleFindings, type ChartFileUse } from './settle.ts';
import { comparePlaces, suppress } from './suppress.ts';
import { findingOfIgnore } from './suppression-finding.ts';
import { knownIds } from './suppression-ids.ts';

export interface LintRequest {
  readonly loaded: LoadedInputs;
  /** The charts of the inputs, rendered. */
  readonly charts?: readonly RenderedChart[];
  readonly policy: Policy;
  /** All rules that there are: a comment may name one that this policy does not check. */
  readonly rules?: Rules;
  /** The namespace of objects that name none, when it is known. */
  readonly namespace: string | undefined;
  /** Whether checks or environments were deselected: what is not checked says nothing about ignores. */
  readonly isPartial: boolean;
  /** Accept inputs in which there is nothing to lint. */
  readonly allowEmpty: boolean;
  /** Whether this is but a part of what is linted: a library may be used by a chart of another part. */
  readonly isPart?: boolean;
  /** The day of the run, as YYYY-MM-DD, against which ignores expire. */
  readonly today: string;
  /** Findings that were accepted before. */
  readonly baseline?: Baseline | undefined;
}

/** One run over manifests and rendered charts, from their texts to a settled result. */
export async function lint(request: LintRequest): Promise<Result> {
  const { loaded, charts = [], policy, rules, isPartial, today } = request;
  const reader = new SourceReader(policy);
  const manifests = readManifests(request, reader);
  const renderings = charts.map((chart) => readRenderings(chart, request, reader));
  const resources = [...manifests, ...renderings.flat().flatMap((environment) => environment.resources)];
  const structures = await structuresFor(resources, policy);
  const bundles = groupResources(manifests).map((group) => {
    return new Bundle(group, { ...policy, namespace: request.namespace });
  });
  const flowing: FlowSource[] = bundles.map((bundle) => ({ chart: undefined, environment: undefined, bundle }));
  const checked: CheckedBundle[] = bundles.map((bundle) => checkBundle(bundle, policy, structures));
  const chartFiles = new Map<SourceText, ChartFileUse>();
  charts.forEach((chart, index) => {
    const environments = renderings[index] ?? [];
    for (const { name, bundle } of environments) {
      flowing.push({ chart: chart.name, environment: name, bundle });
      checked.push(checkBundle(bundle, policy, structures));
    }
    const model = toModel(chart, environments);
    if (model !== undefined) checked.push(checkChart(model, policy));
    for (const file of chart.files) {
      chartFiles.set(file.source, { chart: chart.name, environments: file.environments });
      reader.add(file.source);
    }
  });
  const errors = [...loaded.errors, ...charts.flatMap((chart) => chart.errors), ...reader.errors];
  errors.push(...crashErrors(checked.flatMap(({ crashes }) => crashes)));
  const settled = settleFindings(
    checked.flatMap((bundle) => bundle.findings),
    policy,
    chartFiles,
  );
  const isPolicyWhole = !isPartial && !loaded.errors.some(({ kind }) => kind === 'config');
  const inPlace = suppress({
    findings: settled,
    sources: [...reader.sources.values()].map(({ source }) => source),
    resources,
    policy,
    known: isPolicyWhole ? knownIds(policy, rules?.keys() ?? []) : undefined,
    today,
  });
  errors.push(...inPlace.errors);
  // An ignore may be for the object of one environment.
  const { findings, expired, unused } = applyIgnores(inPlace.findings, policy.ignores, today);
  // Of a run that is not whole nobody can tell what an ignore was for.
  const isWhole = errors.length === 0 && !isPartial;
  const unneeded = isWhole ? unused.filter((ignore) => isInInput(ignore, resources)) : [];
  const merged = numberTwins(mergeEnvironments(findings));
  const ofInput = [...acceptBaseline(merged, request.baseline), ...inPlace.expired, ...(isWhole ? inPlace.unused : [])];
  const all = [
    ...ofInput.sort((a, b) => comparePlaces(a.location, b.location)),
    ...expired.map(expiredFinding),
    ...unneeded.map(unusedFinding),
  ];
  return {
    policy: { name: policy.name, file: policy.file },
    environments: [...new Set(charts.flatMap(({ environments }) => environments.map(({ name }) => name)))],
    summary: {
      ...countFindings(all),
      resources: reader.resourceCount,
      files: sum(loaded.inputs, ({ sources }) => sources.length) + sum(charts, ({ files }) => files.length),
    },
    principles: principleResults(policy, checked, all),
    rules: rulesOf(policy),
    findings: all,
    errors,
    sources: reader.sources,
    flows: async () => (await import('./trace-flows.ts')).traceFlows(flowing),
  };
}

function rulesOf({ principles }: Policy): CheckedRule[] {
  const rules = new Map<string, CheckedRule>();
  for (const { id: principle, checks } of principles) {
    for (const { ruleId: id, rule } of checks) {
      const others = rules.get(id)?.principles ?? [];
      if (!others.includes(principle)) rules.set(id, { id, rule, principles: [...others, principle] });
    }
  }
  return [...rules.values()];
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

function readManifests(request: LintRequest, reader: SourceReader): Resource[] {
  const { loaded, charts = [], allowEmpty, isPart = false } = request;
  const resources: Resource[] = [];
  for (const { name, sources } of loaded.inputs) {
    let isEmpty = sources.length > 0;
    for (const source of sources) {
      const read = reader.read(source);
      isEmpty &&= read.isEmpty;
      for (const resource of read.resources) resources.push(resource);
    }
    if (isEmpty && !allowEmpty) reader.errors.push(nothingToLint(name === '-' ? (sources[0]?.file ?? name) : name));
  }
  // Among other charts a library is one that they use; what is asked for by itself is to be linted.
  if (resources.length === 0 && charts.every(({ isLibrary }) => isLibrary) && !allowEmpty && !isPart) {
    for (const { name } of charts) reader.errors.push(nothingInLibrary(name));
  }
  if (loaded.inputs.length === 0 && loaded.errors.length === 0 && !allowEmpty) reader.errors.push(nothingToLint('.'));
  return resources;
}

/** One environment of a chart, read. */
interface ReadEnvironment {
  readonly name: string;
  readonly bundle: Bundle;
  readonly resources: readonly Resource[];
}

function readRenderings(
  chart: RenderedChart,
  { policy, allowEmpty }: LintRequest,
  reader: SourceReader,
): ReadEnvironment[] {
  let isEmpty = chart.environments.length > 0;
  const read = chart.environments.map(({ name, namespace, rendered }): ReadEnvironment => {
    const found = reader.read(rendered);
    isEmpty &&= found.isEmpty;
    return { name, resources: found.resources, bundle: new Bundle(found.resources, { ...policy, namespace }) };
  });
  if (isEmpty && !allowEmpty) reader.errors.push(nothingToLint(chart.name));
  return read;
}

function toModel(chart: RenderedChart, bundles: readonly ReadEnvironment[]): Chart | undefined {
  if (chart.parts === undefined) return undefined;
  const overlays = new Map(chart.environments.map((environment) => [environment.name, environment.overlays]));
  return {
    ...chart.parts,
    environments: bundles.map(({ name, bundle }) => ({ name, bundle, overlays: overlays.get(name) ?? [] })),
  };
}

function nothingToLint(file: string): RunError {
  return inputError(
    file,
    'There is nothing to lint here: no Kubernetes object was found. Use --allow-empty if that is right.',
  );
}

function nothingInLibrary(file: string): RunError {
  return inputError(file, 'A library chart renders nothing by itself. Lint a chart that uses it.');
}

function inputError(file: string, message: string): RunError {
  return {
    kind: 'input',
    message,
    location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

async function structuresFor(resources: readonly Resource[], policy: Policy): Promise<Structures | undefined> {
  const isNeeded = policy.principles.some(({ checks }) => checks.some(({ rule }) => rule.needsStructures === true));
  return isNeeded && resources.length > 0 ? loadStructures(resources) : undefined;
}

/** A rule that throws for one subject mostly throws for all: it is reported once, with the first place. */
function crashErrors(crashes: readonly RuleCrash[]): RunError[] {
  const first = new Map<string, RuleCrash>();
  for (const crash of crashes) if (!first.has(crash.ruleId)) first.set(crash.ruleId, crash);
  return [...first.values()].map(({ ruleId, error, cursor }) => ({
    kind: 'rule',
    message: `Rule ${ruleId} crashed: ${error instanceof Error ? error.message : String(error)}. This is a bug in the rule; --skip ${ruleId} goes on without it.`,
    location: cursor && placeOf(cursor),
  }));
}

/** A run over part of the manifests says nothing about an ignore for the rest. */
function isInInput({ resource }: Ignore, resources: readonly Resource[]): boolean {
  return resource === undefined || resources.some(({ kind, name }) => matchesGlob(`${kind}/${name}`, resource));
}

function expiredFinding(ignore: Ignore): Finding {
  return findingOfIgnore({
    messageId: 'expired',
    message: `This ignore expired on ${ignore.until}: ${ignore.reason}`,
    help: 'Mend what it was for, or agree on a new date.',
    place: ignore.place,
    identity: [ignore.principle, ignore.resource],
  });
}

function unusedFinding(ignore: Ignore): Finding {
  return findingOfIgnore({
    messageId: 'unused',
    message: 'This ignore matches no finding.',
    help: 'Remove it.',
    place: ignore.place,
    identity: [ignore.principle, ignore.resource],
  });
}
