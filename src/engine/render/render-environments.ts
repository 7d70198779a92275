import { Chart } from '../../helm/chart/chart.ts';
import { loadChart } from '../../helm/load/load-chart.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import { compareVersions, parseVersion, SemverError } from '../../helm/go/semver-version.ts';
import { renderChart, type ChartRendering } from '../../helm/render.ts';
import { TemplateCache } from '../../helm/template/template-cache.ts';
import { measureUsage } from '../../helm/values-usage.ts';
import type { IsSecretName } from '../../kube/secret-path.ts';
import type { Policy } from '../../policy/policy.ts';
import type { SourceText } from '../../text/source.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import { chooseEnvironments, type EnvironmentRequest } from './choose-environments.ts';
import { DEFAULT_ENVIRONMENT } from './find-environments.ts';
import type { ReleaseChoice } from '../release-choice.ts';
import { ChartFolder } from './chart-folder.ts';
import { ChartSources } from './chart-sources.ts';
import { maskHelmMessage } from './mask-helm-message.ts';
import { secretKeysOf, secretNameTest } from '../policy/secret-names.ts';
import { splitLists } from '../split-lists.ts';
import { readParentConditions } from './parent-conditions.ts';
import { dependencyFolders } from './dependency-folders.ts';
import { remoteFinder, type DownloadFailures } from './downloads.ts';
import { isRenderFailure, toRunError } from './render-errors.ts';
import { safeMessage } from './safe-message.ts';
import type { RenderedChart } from './rendered-chart.ts';
import type { RunError } from '../result.ts';
import { enumerate } from '../../text/enumerate.ts';

export interface RenderChartsRequest {
  readonly choice: ReleaseChoice;
  readonly policy: Pick<Policy, 'environments' | 'release' | 'reach' | 'principles'>;
  readonly workingDirectory: string;
  readonly now: Date;
  /** The bytes of the values file `-`. */
  readonly stdin?: Uint8Array | undefined;
  /** Why dependencies could not be downloaded. */
  readonly downloadFailures?: DownloadFailures | undefined;
  /** The version that the chart had before the changes that are linted. */
  readonly versionBefore?: string | undefined;
  /** Takes the name of each environment before it is rendered. */
  readonly onProgress?: ((environment: string) => void) | undefined;
}

/**
 * Loads a chart once and renders it for each of its environments. What fails is among the errors of the result.
 * @param path absolute: a folder or a `.tgz`
 * @throws UserError for flags that do not go together
 */
export function renderForLint(path: string, request: RenderChartsRequest): RenderedChart {
  const folder = new ChartFolder(path, request);
  const chart = load(folder, request);
  if (!(chart instanceof Chart)) return { ...unrendered(folder), files: filesOf(chart, folder), errors: [chart] };
  if (chart.isLibrary) return { ...unrendered(folder), isLibrary: true };
  const files = folder.filesOf(chart);
  const { chosen: environments, names, note } = chooseEnvironments(files, request.choice, request.policy);
  // Nobody asked for any of its environments.
  if (environments.length === 0) return { ...unrendered(folder), environmentNames: names };
  const sources = new ChartSources(folder, chart);
  const includeCrds = request.choice.includeCrds ?? false;
  for (const { name } of environments) sources.addChart(name, includeCrds);
  const cache = new TemplateCache();
  const isSecretName = secretNameTest(secretKeysOf(request.policy));
  const renderings: { environment: EnvironmentRequest; rendering: ChartRendering; overlays: Cursor[] }[] = [];
  const failures = new Map<string, { error: RunError; environments: string[] }>();
  for (const environment of environments) {
    const read: SourceText[] = [];
    request.onProgress?.(environment.name);
    try {
      const rendering = renderChart({
        chart,
        cache,
        values: environment.values,
        readFile: sources.reader(environment, read),
        releaseName: environment.releaseName,
        namespace: environment.namespace,
        kubeVersion: environment.kubeVersion,
        apiVersions: splitLists(request.choice.apiVersions ?? []),
        includeCrds,
        now: request.now.getTime(),
      });
      const overlays = read.filter((source) => source !== sources.file('values.yaml'));
      renderings.push({ environment, rendering, overlays: overlays.map((source) => sources.cursorOn(source)) });
    } catch (error) {
      const mask = maskOf(error, { sources, environment, isSecretName });
      const { message, help, ...failed } = toRunError(error, sources.file('Chart.yaml'));
      const shown = { ...failed, message: mask(message), help: help && mask(help) };
      const known = failures.get(shown.message);
      if (known === undefined) failures.set(shown.message, { error: shown, environments: [environment.name] });
      else known.environments.push(environment.name);
    }
  }
  const isWhole = renderings.length === environments.length;
  return {
    name: folder.name,
    environmentNames: names,
    notes: note === undefined ? [] : [`${folder.name}: ${note}`],
    environments: renderings.map(({ environment: { name, namespace, kubeVersion, isForCi }, rendering, overlays }) => ({
      name,
      namespace,
      kubeVersion,
      isForCi,
      overlays,
      rendered: new RenderedText(folder.name, name, rendering.text, rendering.origin),
    })),
    files: sources.all(),
    crds: crdsOf(chart),
    isLibrary: false,
    model: {
      name: chart.name,
      manifest: sources.cursorOn(sources.file('Chart.yaml')),
      values: sources.cursorOn(sources.file('values.yaml')),
      files: files.names,
      ...(request.versionBefore !== undefined && {
        before: { version: request.versionBefore, isRaised: isHigher(chart.metadata.version, request.versionBefore) },
      }),
      fileAt: (file) => sources.startOf(file),
      documentsAt: (file) => sources.documentsOf(file),
      usage: measureUsage(
        renderings.map(({ rendering }) => rendering),
        chart,
        { isWhole, parentConditions: readParentConditions(path, chart.name) },
      ),
    },
    errors: [...failures.values()].map(({ error, environments: failed }) => {
      const who = environments.length === 1 ? 'The chart does' : describeEnvironments(failed);
      const isDefault = request.policy.environments.length === 0 && failed.includes(DEFAULT_ENVIRONMENT);
      const help = isDefault && renderings.length > 0 ? explainDefault(error, renderings, chart) : error.help;
      return { ...error, message: `${who} not render: ${error.message}`, help };
    }),
  };
}

function load(
  folder: ChartFolder,
  { choice, workingDirectory, downloadFailures }: RenderChartsRequest,
): Chart | RunError {
  try {
    return loadChart(folder.path, {
      workingDirectory,
      dependencyFolders: dependencyFolders(choice, workingDirectory),
      findRemote: remoteFinder(downloadFailures),
    });
  } catch (error) {
    const failed = toRunError(error, folder.manifest());
    return { ...failed, message: `The chart cannot be loaded: ${failed.message}` };
  }
}

/** The file that a chart cannot be loaded for, to show the lines at fault. */
function filesOf({ location }: RunError, folder: ChartFolder): RenderedChart['files'] {
  const name = ['Chart.yaml', 'values.yaml'].find((file) => folder.fileName(file) === location?.file);
  return name === undefined || folder.isArchive
    ? []
    : [{ source: folder.read(name, undefined), environments: [], isData: true }];
}

/** Whether a version comes after another one; true where either cannot be read, which is something else's to say. */
function isHigher(version: string, before: string): boolean {
  try {
    return compareVersions(parseVersion(version), parseVersion(before)) > 0;
  } catch (error) {
    if (error instanceof SemverError) return true;
    throw error;
  }
}

/** Only the name of a chart that is not rendered can be checked. */
function unrendered({ name }: ChartFolder): RenderedChart {
  const nothing = { environments: [], files: [], crds: [], isLibrary: false, model: undefined, errors: [], notes: [] };
  return { name, environmentNames: undefined, ...nothing };
}

/** What lies in `crds/` of a chart and of its subcharts. */
function crdsOf(chart: Chart): SourceText[] {
  const own = chart.files.filter((file) => /^crds\/.*\.(?:ya?ml|json)$/i.test(file.name)).map(({ source }) => source);
  return [...own, ...chart.dependencies.flatMap(crdsOf)];
}

/** That a chart may not be meant to be used without one of its values files, and how to say so. */
function explainDefault(
  { help }: RunError,
  renderings: readonly { readonly environment: EnvironmentRequest }[],
  chart: Chart,
): string {
  const base = chart.all.some(({ name }) => name === 'values.yaml') ? ['values.yaml'] : [];
  const list = renderings.map(({ environment: { name, values } }) => {
    return `${name}: { values: [${[...base, ...(values.files ?? [])].join(', ')}] }`;
  });
  const advice =
    `If the chart is never used with its own values alone, list its environments in chartlint.yaml, without ` +
    `${DEFAULT_ENVIRONMENT}: environments: { ${list.join(', ')} }.`;
  return help === undefined ? advice : `${help} ${advice}`;
}

function describeEnvironments(environments: readonly string[]): string {
  const names = enumerate(environments);
  return environments.length === 1 ? `Environment ${names} does` : `Environments ${names} do`;
}

interface Masking {
  readonly sources: ChartSources;
  readonly environment: EnvironmentRequest;
  readonly isSecretName: IsSecretName;
}

/** Only for a message that is shown is it worth looking through the values. */
function maskOf(error: unknown, { sources, environment, isSecretName }: Masking): (text: string) => string {
  if (!isRenderFailure(error)) return (text) => text;
  const readFile = sources.reader(environment, []);
  const maskValues = (text: string): string => {
    return maskHelmMessage(text, sources.valuesFiles(), environment.values, readFile, isSecretName);
  };
  return (text) => safeMessage(error, text, maskValues, isSecretName);
}
