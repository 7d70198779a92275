import { relative, resolve, sep } from 'node:path';
import { readFile as readFileAt } from '../../files/read-file.ts';
import { loadChart } from '../../helm/load/load-chart.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import { renderChart } from '../../helm/render.ts';
import { lineOrigins, type LineOrigin } from '../../helm/provenance/source-map.ts';
import { TemplateCache } from '../../helm/template/template-cache.ts';
import type { ReadUserFile } from '../../helm/flags/user-values.ts';
import { fromBytes } from '../../helm/value/bytes.ts';
import { SourceText } from '../../text/source.ts';
import { DEFAULT_RELEASE, userValuesOf, type ReleaseFlags } from '../release-choice.ts';
import { splitLists } from '../split-lists.ts';
import { dependencyFolders } from './dependency-folders.ts';
import { maskHelmMessage } from './mask-helm-message.ts';
import { isRenderFailure } from './render-errors.ts';

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
  const readFile: ReadUserFile = (path) => {
    const file = path === '-' ? stdinFile(options) : fileAt(resolve(workingDirectory, path), workingDirectory);
    read.push(new SourceText(file.displayName, fromBytes(file.data)));
    return file;
  };
  const withoutSecrets = (message: string): string => maskHelmMessage(message, read, values, readFile);
  try {
    const { text, origin, warnings } = renderChart({
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
      isTracing: options.sourceMap === true,
      now: (options.now ?? new Date()).getTime(),
    });
    const rendered = new RenderedText(chart, 'default', text, origin);
    return {
      text,
      warnings: warnings.map(withoutSecrets),
      lines: options.sourceMap === true ? lineOrigins(rendered) : [],
    };
  } catch (error) {
    if (isRenderFailure(error)) error.message = withoutSecrets(error.message);
    throw error;
  }
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
