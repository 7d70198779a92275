import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { splitLists } from '../engine/chart-environments.ts';
import { UserError } from '../engine/user-error.ts';
import { ChartError } from '../helm/chart/chart-error.ts';
import { loadChart } from '../helm/chart/load-chart.ts';
import { ManifestError } from '../helm/manifest/manifest-error.ts';
import { renderChart, type Rendering } from '../helm/render.ts';
import { RenderedText } from '../helm/rendered-text.ts';
import { lineOrigins } from '../helm/source-map.ts';
import { RenderError } from '../helm/template/render-error.ts';
import { TemplateCache } from '../helm/template/template-cache.ts';
import type { RenderArguments } from './options.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

/** `chartlint render [NAME] CHART`: prints what `helm template` prints. Returns the exit status. */
export async function runRender(args: RenderArguments, terminal: Terminal): Promise<number> {
  const [first, second] = [args.nameOrChart, args.chart];
  const chart = second ?? first;
  const files = splitLists(args.values ?? []);
  const stdin = files.includes('-') ? await terminal.readStdin() : new Uint8Array();
  try {
    const rendering = renderChart({
      chart: loadChart(chart, { workingDirectory: terminal.workingDirectory }),
      values: {
        files,
        set: args.set ?? [],
        setString: args.setString ?? [],
        setJson: args.setJson ?? [],
        setFile: args.setFile ?? [],
        setLiteral: args.setLiteral ?? [],
      },
      readFile: (path) => {
        if (path === '-') return { data: stdin, displayName: '<stdin>' };
        const file = resolve(terminal.workingDirectory, path);
        const displayName = relative(terminal.workingDirectory, file).split(sep).join('/');
        return { data: readFileSync(file), displayName };
      },
      releaseName: releaseName(args, second === undefined ? undefined : first),
      namespace: args.namespace ?? 'default',
      kubeVersion: args.kubeVersion,
      apiVersions: splitLists(args.apiVersions ?? []),
      includeCrds: args.includeCrds,
      isUpgrade: args.isUpgrade === true,
      noHooks: args.noHooks === true,
      skipTests: args.skipTests === true,
      skipSchemaValidation: args.skipSchemaValidation === true,
      showOnly: args.showOnly ?? [],
      cache: new TemplateCache(),
      isTracing: args.sourceMap !== undefined,
      now: terminal.now.getTime(),
    });
    for (const warning of rendering.warnings) terminal.writeError(`chartlint: warning: ${warning}\n`);
    if (args.sourceMap !== undefined)
      writeWhole(args.sourceMap, sourceMap(chart, rendering), terminal.workingDirectory);
    terminal.writeOut(rendering.text);
    return 0;
  } catch (error) {
    if (!(error instanceof ChartError || error instanceof RenderError || error instanceof ManifestError)) throw error;
    terminal.writeError(`Error: ${error.message}\n`);
    return 2;
  }
}

function releaseName({ releaseName: option }: RenderArguments, positional: string | undefined): string {
  if (option !== undefined && positional !== undefined && option !== positional) {
    throw new UserError(`The release is called ${positional} and --release-name ${option}. Give one of them.`);
  }
  return option ?? positional ?? 'release-name';
}

/** One JSON object a line. */
function sourceMap(chart: string, { text, origin }: Rendering): string {
  const rendered = new RenderedText(chart, 'default', text, origin);
  return Array.from(lineOrigins(rendered), (line) => `${JSON.stringify(line)}\n`).join('');
}
