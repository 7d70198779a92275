import { join, resolve } from 'node:path';
import { readFile } from '../../files/read-file.ts';
import { realPath } from '../../files/inside.ts';
import { SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseHelmFile } from '../../yaml/parse.ts';

/** Helm loads no larger file. */
const MAX_METADATA_BYTES = 5 * 1024 * 1024;

/** Whether a chart renders nothing by itself. */
export function isLibraryChart(chart: string): boolean {
  return readFirstRoot(chart, 'Chart.yaml')?.at('type').string === 'library';
}

/** What a chart is called. */
export function chartName(chart: string): string | undefined {
  return readFirstRoot(chart, 'Chart.yaml')?.at('name').string;
}

/**
 * The folders of the charts that a chart takes from a local path (`repository: file://…`), as Chart.yaml and the older
 * requirements.yaml say it (https://helm.sh/docs/topics/charts/#chart-dependencies).
 */
function localDependencies(chart: string): string[] {
  return ['Chart.yaml', 'requirements.yaml'].flatMap((file) => {
    const dependencies = readFirstRoot(chart, file)?.at('dependencies').items() ?? [];
    return dependencies.flatMap((dependency) => {
      const repository = dependency.at('repository').string;
      return repository?.startsWith('file://') === true ? [resolve(chart, repository.slice('file://'.length))] : [];
    });
  });
}

/**
 * A chart's folder, and those of the charts that it takes from local paths, and those that they take. Links that lead out
 * of a chart are refused anyway.
 */
export function withLocalDependencies(chart: string, seen = new Set<string>()): Set<string> {
  if (seen.has(chart)) return seen;
  seen.add(chart);
  for (const dependency of localDependencies(chart)) withLocalDependencies(dependency, seen);
  return seen;
}

/** What cannot be read is reported when the chart is linted. */
function readFirstRoot(chart: string, name: string): Cursor | undefined {
  const file = join(chart, name);
  let text;
  try {
    text = readFile(file, { maxBytes: MAX_METADATA_BYTES, within: realPath(chart) }).toString('utf8');
  } catch {
    return undefined;
  }
  for (const { document } of parseHelmFile(new SourceText(file, text))) {
    if (document !== undefined) return Cursor.root(document, document.root);
  }
  return undefined;
}
