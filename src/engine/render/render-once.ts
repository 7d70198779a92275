import { relative, resolve, sep } from 'node:path';
import { readFile as readFileAt } from '../../files/read-file.ts';
import { loadChart } from '../../helm/load/load-chart.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import { renderChart, type ChartRendering } from '../../helm/render.ts';
import { lineOrigins, type LineOrigin } from '../../helm/provenance/source-map.ts';
import { TemplateCache } from '../../helm/template/template-cache.ts';
import type { ReadUserFile } from '../../helm/flags/user-values.ts';
import { fromBytes } from '../../helm/value/bytes.ts';
import { shorten } from '../../text/shorten.ts';
import { SourceText } from '../../text/source.ts';
import { DEFAULT_RELEASE, userValuesOf, type ReleaseFlags } from '../release-choice.ts';
import { splitLists } from '../split-lists.ts';
import { dependencyFolders } from './dependency-folders.ts';
import { maskHelmMessage } from './mask-helm-message.ts';
import { isRenderFailure, type RenderFailure } from './render-errors.ts';
import { safeMessage } from './safe-message.ts';

/** What `helm template` takes. Paths are relative to `workingDirectory`; the values file `-` is `stdin`. */
export interface RenderOptions extends ReleaseFlags {
  readonly showOnly?: readonly string[] | undefined;
  readonly noHooks?: boolean | undefined;
  readonly skipTests?: boolean | undefined;
  readonly isUpgrade?: boolean | undefined;
  readonly skipSchemaValidation?: boolean | undefined;
  /** The bytes of the values file `-`. */
  readonly stdin?: Uint8Array | undefined;
  /** The current one by default. */
  readonly workingDirectory?: string | undefined;
  /** What the templates take for the present; the current time by default. */
  readonly now?: Date | undefined;
  /** Whether to keep where each line came from. */
  readonly sourceMap?: boolean | undefined;
}

/** What `render` gives. */
export interface RenderOutput {
  /** What `helm template` prints. */
  readonly text: string;
  /** What Helm would warn of. */
  readonly warnings: readonly string[];
  /** The origin of every line; none unless `sourceMap` was asked for. */
  readonly lines: readonly LineOrigin[];
}

/**
 * Renders a chart once, as `helm template` does.
 * @param chart its folder or `.tgz`
 * @throws ChartError, RenderError, ManifestError with Helm's text
 */
export function renderOnce(chart: string, options: RenderOptions): RenderOutput {
  const workingDirectory = options.workingDirectory ?? process.cwd();
  const loaded = loadChart(chart, {
    workingDirectory,
    dependencyFolders: dependencyFolders(options, workingDirectory),
  });
  const values = userValuesOf(options);
  const read: SourceText[] = loaded.all.filter(({ name }) => name.endsWith('values.yaml')).map(({ source }) => source);
  // What fails is rendered again, and a pipe cannot be read again.
  const files = new Map<string, ReturnType<ReadUserFile>>();
  const readFile: ReadUserFile = (path) => {
    let file = files.get(path);
    if (file === undefined) {
      file = path === '-' ? stdinFile(options) : fileAt(resolve(workingDirectory, path), workingDirectory);
      files.set(path, file);
      read.push(new SourceText(file.displayName, fromBytes(file.data)));
    }
    return file;
  };
  const maskValues = (message: string): string => maskHelmMessage(message, read, values, readFile);
  const now = (options.now ?? new Date()).getTime();
  const render = (isTracing: boolean): ChartRendering => {
    return renderChart({
      chart: loaded,
      values,
      readFile,
      releaseName: options.releaseName ?? DEFAULT_RELEASE.name,
      namespace: options.namespace ?? DEFAULT_RELEASE.namespace,
      kubeVersion: options.kubeVersion,
      apiVersions: splitLists(options.apiVersions ?? []),
      includeCrds: options.includeCrds === true,
      isUpgrade: options.isUpgrade === true,
      noHooks: options.noHooks === true,
      skipTests: options.skipTests === true,
      skipSchemaValidation: options.skipSchemaValidation === true,
      showOnly: options.showOnly ?? [],
      cache: new TemplateCache(),
      isTracing,
      now,
    });
  };
  try {
    const { text, origin, warnings } = render(options.sourceMap === true);
    const rendered = new RenderedText(chart, 'default', text, origin);
    return {
      text,
      warnings: warnings.map(maskValues),
      lines: options.sourceMap === true ? lineOrigins(rendered) : [],
    };
  } catch (error) {
    if (isRenderFailure(error))
      hideSecrets(error, options.sourceMap === true ? error : traceFailure(render), maskValues);
    throw error;
  }
}

/** The same failure with the origins of what it quotes, which only a rendering that traces knows. */
function traceFailure(render: (isTracing: boolean) => ChartRendering): unknown {
  try {
    render(true);
  } catch (error) {
    return error;
  }
  return undefined;
}

/** An error shows its message in its stack, too. */
function hideSecrets(error: RenderFailure, traced: unknown, maskValues: (message: string) => string): void {
  const { message } = error;
  const origin = isRenderFailure(traced) && traced.message === message ? traced : undefined;
  error.message = origin === undefined ? shorten(maskValues(message)) : safeMessage(origin, message, maskValues);
  if (error.stack !== undefined) error.stack = error.stack.replace(message, () => error.message);
}

function stdinFile({ stdin = new Uint8Array() }: RenderOptions): ReturnType<ReadUserFile> {
  return { data: stdin, displayName: '<stdin>' };
}

function fileAt(path: string, workingDirectory: string): ReturnType<ReadUserFile> {
  return {
    data: readFileAt(path, { isNamed: true }),
    displayName: relative(workingDirectory, path).split(sep).join('/'),
  };
}
