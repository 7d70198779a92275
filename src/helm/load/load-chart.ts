import { realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { explainUnread } from '../../files/file-error.ts';
import { realPath } from '../../files/inside.ts';
import { readFile } from '../../files/read-file.ts';
import { limitText } from '../value/limit-error.ts';
import { ChartError } from '../chart/chart-error.ts';
import { ChartFile } from '../chart/chart-file.ts';
import type { Chart } from '../chart/chart.ts';
import { addDependencies, type DependencyContext } from './add-dependencies.ts';
import { findPacked } from './dependency-cache.ts';
import { readArchive } from './load-archive.ts';
import { LoadBudget } from './load-budget.ts';
import { loadFiles } from './load-files.ts';
import { readFolder } from './load-folder.ts';
import { MAX_FILE_BYTES } from './max-file-bytes.ts';
import { blankMetadata, decodeMetadata } from '../chart/metadata.ts';

export interface LoadOptions {
  /** An absolute path: paths are relative to it, and reports name files from it. */
  readonly workingDirectory: string;
  /** The folders, without links, that `file://` dependencies may be in; by default the chart's own. */
  readonly dependencyFolders?: ((folder: string) => readonly string[]) | undefined;
  /** Finds charts that are not in a folder; by default those that were downloaded before. */
  readonly findRemote?: DependencyContext['findRemote'] | undefined;
  readonly urlOf?: DependencyContext['urlOf'];
}

/**
 * Loads a chart with its subcharts from a folder or a packed chart (.tgz).
 * @param path the folder or the file, as given
 * @throws ChartError with Helm's text
 */
export function loadChart(path: string, options: LoadOptions): Chart {
  const { workingDirectory, dependencyFolders = onlyItself, findRemote = findPacked, urlOf } = options;
  const absolute = resolve(workingDirectory, path);
  const displayName = (file: string): string => relative(workingDirectory, file).split(sep).join('/') || '.';
  const budget = new LoadBudget();
  return orFileError(displayName, () => {
    if (!isFolder(absolute, path)) return loadFromArchive(absolute, displayName(absolute), budget);
    const chart = loadFromFolder(absolute, displayName, budget);
    const folders = (): readonly string[] => dependencyFolders(absolute);
    addDependencies(chart, absolute, { displayName, budget, folders, findRemote, urlOf });
    return chart;
  });
}

function onlyItself(folder: string): readonly string[] {
  return [realPath(folder)];
}

function isFolder(absolute: string, path: string): boolean {
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) throw new ChartError(`path "${path}" not found`);
  return stats.isDirectory();
}

function loadFromFolder(folder: string, displayName: (file: string) => string, budget: LoadBudget): Chart {
  const path = join(folder, 'Chart.yaml');
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw new ChartError(`unable to detect chart at ${path}: open ${path}: no such file or directory`);
  }
  const data = readFile(path, { maxBytes: MAX_FILE_BYTES, within: realpathSync(folder) });
  checkVersion(new ChartFile('Chart.yaml', data, displayName(path)));
  return loadFiles(readFolder(folder, displayName, budget), budget);
}

function loadFromArchive(absolute: string, file: string, budget: LoadBudget): Chart {
  const bytes = readFile(absolute);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) {
    if (/\.ya?ml$/.test(absolute)) {
      throw new ChartError(`file '${absolute}' seems to be a YAML file, but expected a gzipped archive`);
    }
    // Helm looks at 512 bytes, zeros in place of what a shorter file lacks.
    const isOctets = bytes.length < 512 || bytes.subarray(0, 512).some(isBinary);
    const type = isOctets ? 'application/octet-stream' : 'text/plain; charset=utf-8';
    throw new ChartError(`file '${absolute}' does not appear to be a gzipped archive; got '${type}'`);
  }
  const files = readPackedFiles(bytes, file, budget);
  const metadata = files.find(({ name }) => name === 'Chart.yaml');
  if (metadata === undefined) throw new ChartError('unable to detect chart version, no Chart.yaml found');
  checkVersion(metadata);
  return loadFiles(files, budget);
}

/** Helm says only the first words. */
function readPackedFiles(bytes: Uint8Array, file: string, budget: LoadBudget): readonly ChartFile[] {
  try {
    return readArchive(bytes, file, budget);
  } catch (error) {
    if (error instanceof ChartError) throw new ChartError(`unable to load chart archive: ${error.message}`);
    throw error;
  }
}

/** `http.DetectContentType`: bytes that no text holds (WHATWG MIME Sniffing, "binary data byte"). */
function isBinary(byte: number): boolean {
  return byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);
}

/** Helm picks its loader by the apiVersion; charts of version v3 are an experiment that is switched off. */
function checkVersion(file: ChartFile): void {
  const metadata = blankMetadata();
  decodeMetadata(file, metadata, 'apiversion');
  if (metadata.apiVersion === 'v3') throw new ChartError('invalid chart apiVersion');
  if (!['', 'v1', 'v2'].includes(metadata.apiVersion)) throw new ChartError('unsupported chart version');
}

/** A folder or file that cannot be read is the user's to fix. */
function orFileError<T>(displayName: (file: string) => string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (error instanceof RangeError) throw new ChartError(`the chart cannot be loaded: ${limitText(error)}`);
    const fault = explainUnread(error);
    if (fault === undefined || !(error instanceof Error) || !('path' in error)) throw error;
    const file = displayName(String(error.path));
    const location = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    throw new ChartError(`${file} cannot be read: ${fault.reason}. ${fault.help}`, location);
  }
}
