import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { FileError } from '../../files/file-error.ts';
import { requireInside } from '../../files/inside.ts';
import { readFile } from '../../files/read-file.ts';
import { ChartError } from '../../helm/chart/chart-error.ts';
import type { Chart } from '../../helm/chart/chart.ts';
import type { ReadUserFile } from '../../helm/flags/user-values.ts';
import { entryKind } from '../../policy/find.ts';
import { NAME_THE_POLICY } from '../../policy/policy-error.ts';
import { SourceText, type Location } from '../../text/source.ts';
import { parseHelmFile } from '../../yaml/parse.ts';
import type { EnvironmentRequest } from './choose-environments.ts';
import type { ChartFiles } from './find-environments.ts';
import { IGNORED_FOLDERS } from '../inputs/ignored-folders.ts';

interface Surroundings {
  readonly workingDirectory: string;
  /** The bytes of the values file `-`. */
  readonly stdin?: Uint8Array | undefined;
}

/** Where a chart is, and what its files are called. */
export class ChartFolder {
  /** Absolute: a folder or a `.tgz`. */
  readonly path: string;
  /** As reports name it. */
  readonly name: string;
  readonly isArchive: boolean;
  readonly #workingDirectory: string;
  readonly #stdin: Uint8Array;

  constructor(path: string, { workingDirectory, stdin = new Uint8Array() }: Surroundings) {
    this.path = path;
    this.#workingDirectory = workingDirectory;
    this.#stdin = stdin;
    this.name = this.#displayName(path);
    this.isArchive = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  }

  /** What reports call a file of the chart. */
  fileName(file: string): string {
    if (this.isArchive) return `${this.name}!${file}`;
    return this.name === '.' ? file : `${this.name}/${file}`;
  }

  /** All files by their paths within the chart, with `/`; those that Helm ignores among them. */
  list(chart: Chart | undefined): string[] {
    if (this.isArchive) return chart?.all.map(({ name }) => name) ?? [];
    const files: string[] = [];
    const walk = (folder: string, prefix: string): void => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (!entry.isDirectory()) files.push(`${prefix}${entry.name}`);
        else if (!IGNORED_FOLDERS.has(entry.name)) walk(join(folder, entry.name), `${prefix}${entry.name}/`);
      }
    };
    walk(this.path, '');
    return files.sort();
  }

  /** What the chart's environments are chosen by. */
  filesOf(chart: Chart | undefined): ChartFiles {
    const names = this.list(chart);
    return {
      names,
      has: (file, within) => {
        if (names.includes(file) || this.isArchive) return names.includes(file);
        const path = resolve(this.path, file);
        return isOutside(path, within) || entryKind(path) === 'file';
      },
      keysOf: (file) => {
        if (!names.includes(file)) return undefined;
        const roots = [...parseHelmFile(this.read(file, chart))].flatMap(({ document }) => document?.root ?? []);
        const mappings = roots.flatMap((root) => (root.kind === 'mapping' ? [root] : []));
        return mappings.length === 0 ? undefined : mappings.flatMap(({ entries }) => entries.map(({ key }) => key));
      },
    };
  }

  /** A file of the chart as a text; an empty one when there is none. */
  read(file: string, chart: Chart | undefined): SourceText {
    const known = chart?.all.find(({ name }) => name === file);
    if (known !== undefined) return known.isRefused ? new SourceText(known.file, '') : known.source;
    const path = join(this.path, file);
    const isThere = !this.isArchive && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    return new SourceText(this.fileName(file), isThere ? this.#readOwn(path) : '');
  }

  /** A file that leads out of the chart has nothing to point at. */
  #readOwn(path: string): string {
    try {
      return readFile(path, { within: realpathSync(this.path) }).toString('utf8');
    } catch (error) {
      if (error instanceof FileError) return '';
      throw error;
    }
  }

  /** Chart.yaml of a chart that cannot be loaded, as far as it can be read; of an archive the archive itself. */
  manifest(): SourceText {
    try {
      return this.isArchive ? new SourceText(this.name, '') : this.read('Chart.yaml', undefined);
    } catch {
      return new SourceText(this.fileName('Chart.yaml'), '');
    }
  }

  /**
   * Reads the files that an environment names.
   * @param onRead takes each, as reports name it
   */
  fileReader(chart: Chart, { isRelativeToChart, isOfPolicy = false, reach }: EnvironmentRequest): ReadUserFile {
    return (file) => {
      if (this.isArchive && isRelativeToChart) {
        const member = chart.all.find(({ name }) => name === file);
        if (member === undefined) throw new ChartError(`open ${file}: no such file in ${this.name}`);
        return { data: member.data, displayName: member.file };
      }
      if (file === '-' && !isRelativeToChart) return { data: this.#stdin, displayName: '<stdin>' };
      const path = resolve(isRelativeToChart ? this.path : this.#workingDirectory, file);
      const displayName = this.#displayName(path);
      if (!isRelativeToChart) return { data: readFile(path, { isNamed: true }), displayName };
      const within = isOfPolicy ? reach?.within : realpathSync(this.path);
      try {
        if (within !== undefined) requireInside(path, within);
        return { data: readFile(path, { within }), displayName };
      } catch (error) {
        if (error instanceof FileError) throw refuse(file, error, reach?.places.get(file));
        if (isOfPolicy && isMissing(error)) throw explainMissing(file, reach?.places.get(file));
        throw error;
      }
    };
  }

  #displayName(path: string): string {
    return relative(this.#workingDirectory, path).split(sep).join('/') || '.';
  }
}

function isOutside(path: string, within: string | undefined): boolean {
  if (within === undefined) return false;
  try {
    requireInside(path, within);
    return false;
  } catch (error) {
    if (error instanceof FileError) return true;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** @param place where the policy names the file, when that is known */
function explainMissing(file: string, place: Location | undefined): ChartError {
  const where = place === undefined ? 'The policy' : `${place.file}:${place.line}`;
  const help = `${where} names it for this environment: add the file, or write optional: true there, for charts without it.`;
  return new ChartError(`open ${file}: no such file or directory`, undefined, false, { help });
}

function refuse(file: string, { code, reason, help }: FileError, place: Location | undefined): ChartError {
  const isOutside = code === 'EOUTSIDE' && place !== undefined;
  return new ChartError(`open ${file}: ${reason}. ${isOutside ? `${help} ${NAME_THE_POLICY}` : help}`, place);
}
