import { posix } from 'node:path';
import { ChartError } from './chart/chart-error.ts';
import type { Chart } from './chart/chart.ts';
import { filesMethod } from './chart/files.ts';
import { parseKubeVersion } from './prepare/kube-version.ts';
import { prepareChart } from './prepare/prepare-chart.ts';
import { setTemplate, type ChartTemplate } from './prepare/render-context.ts';
import { functions } from './functions/registry.ts';
import { GoMap } from './value/value.ts';
import { limitText } from './value/limit-error.ts';
import { arrangeManifests } from './manifest/arrange.ts';
import { ManifestError } from './manifest/manifest-error.ts';
import { assembleOutput } from './manifest/output.ts';
import { OriginIndex } from './provenance/origin-index.ts';
import type { Origin, Taint } from './value/origin.ts';
import { templateLocation } from './provenance/rendered-text.ts';
import { Execution } from './template/execution.ts';
import { inFileOrder } from './template/file-order.ts';
import { withoutNoValue } from './template/no-value.ts';
import type { TemplateCache } from './template/template-cache.ts';
import { TemplateSet } from './template/template-set.ts';
import { Tracked } from './value/tracked.ts';
import type { ValuesKey } from './value/values-key.ts';
import { readUserValues, type ReadUserFile, type UserValues } from './flags/user-values.ts';

/** What `helm template` takes. */
export interface RenderRequest {
  /** As it was loaded; it is not changed. */
  readonly chart: Chart;
  readonly values: UserValues;
  readonly readFile: ReadUserFile;
  readonly releaseName: string;
  readonly namespace: string;
  readonly isUpgrade?: boolean;
  readonly kubeVersion?: string | undefined;
  readonly apiVersions?: readonly string[];
  readonly skipSchemaValidation?: boolean;
  readonly includeCrds?: boolean;
  readonly noHooks?: boolean;
  readonly skipTests?: boolean;
  readonly showOnly?: readonly string[];
  /** Templates that were parsed for another environment. */
  readonly cache: TemplateCache;
  /** Whether to find out where each character comes from; on by default. */
  readonly isTracing?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a chart renders to. */
export interface ChartRendering {
  /** What `helm template` prints to standard output. */
  readonly text: string;
  readonly origin: Origin;
  /** What Helm would print to standard error. */
  readonly warnings: readonly string[];
  /** The keys that templates, conditions, tags and imports read. */
  readonly reads: ReadonlySet<ValuesKey>;
  readonly execution: Execution;
  readonly templates: TemplateSet;
  /** The root's coalesced values, as the templates left them. */
  readonly values: GoMap;
  /** The chart as it was rendered: with the subcharts that are enabled. */
  readonly chart: Chart;
}

/**
 * Renders a chart as `helm template` 4.1.4 does.
 * @throws {ChartError} what keeps the chart from being rendered at all
 * @throws {RenderError} what fails in a template
 * @throws {ManifestError} what is not a manifest in the output
 */
export function renderChart(request: RenderRequest): ChartRendering {
  try {
    return render(request);
  } catch (error) {
    if (error instanceof RangeError) throw new ChartError(`the rendering was stopped: ${limitText(error)}`);
    throw error;
  }
}

function render(request: RenderRequest): ChartRendering {
  const kubeVersion = request.kubeVersion ? parseKubeVersion(request.kubeVersion) : undefined;
  const values = readUserValues(request.values, request.readFile);
  const chart = request.chart.clone();
  const prepared = prepareChart({
    chart,
    values,
    releaseName: request.releaseName,
    namespace: request.namespace,
    isUpgrade: request.isUpgrade ?? false,
    kubeVersion,
    apiVersions: request.apiVersions ?? [],
    skipSchemaValidation: request.skipSchemaValidation ?? false,
  });
  const byName = new Map(prepared.templates.map((template) => [template.file.name, template]));
  const order = inFileOrder(byName.keys()).flatMap((name) => byName.get(name) ?? []);
  const isFunction = (name: string): boolean => functions.has(name);
  const templates = TemplateSet.of(order.map(({ file }) => request.cache.parse(file, isFunction)));
  const execution = new Execution({
    set: templates,
    functions,
    isTracing: request.isTracing ?? true,
    seed: chart.name,
    now: request.now,
    methods: (receiver, name) => {
      return receiver instanceof GoMap && receiver.type === 'engine.files' ? filesMethod(receiver, name) : undefined;
    },
  });
  const outputs = new Map(
    order.filter(isExecuted).map((template) => [template.file.name, execute(template, execution)]),
  );
  const { manifests, warnings } = arrange(outputs, request);
  const output = assembleOutput({
    manifests,
    outputs,
    templates: byName,
    crds: request.includeCrds === true ? prepared.crds : [],
    showOnly: request.showOnly ?? [],
  });
  return {
    text: output.value,
    origin: output.origin,
    warnings: [...prepared.warnings, ...warnings],
    reads: new Set([...prepared.readKeys, ...execution.reads]),
    execution,
    templates,
    values: prepared.values,
    chart,
  };
}

/** What Helm refuses is reported at the place in the template that printed it. */
function arrange(
  outputs: ReadonlyMap<string, Tracked<string>>,
  { noHooks = false, skipTests = false }: RenderRequest,
): ReturnType<typeof arrangeManifests> {
  const files = Array.from(outputs, ([path, { value }]) => ({ path, text: value }));
  try {
    return arrangeManifests(files, { noHooks, skipTests });
  } catch (error) {
    const document = error instanceof ManifestError ? error.document : undefined;
    const output = outputs.get(document?.path ?? '');
    if (!(error instanceof ManifestError) || document === undefined || output === undefined) throw error;
    // What ends too early has its fault at the end, where there is no text: fix what was printed last.
    const printed = output.value.slice(0, document.end).trimEnd().length;
    const place = { start: Math.max(0, Math.min(document.start, printed - 1)), end: document.end };
    const origin = new OriginIndex(output.value, output.origin).originOf(place);
    throw new ManifestError(error.message, document, templateLocation(origin), output);
  }
}

function isExecuted({ file }: ChartTemplate): boolean {
  return !posix.basename(file.name).startsWith('_');
}

/** What switches a subchart on, and the charts that it is in. */
function deciders({ enabledBy, parent }: Chart): Taint {
  return parent === undefined ? enabledBy : deciders(parent).with(enabledBy);
}

function execute({ file, context }: ChartTemplate, execution: Execution): Tracked<string> {
  setTemplate(context, file.name);
  return withoutNoValue(execution.execute(file.name, new Tracked(context.data), deciders(context.chart)));
}
