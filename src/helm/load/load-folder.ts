import { lstatSync, readdirSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FileError } from '../../files/file-error.ts';
import { isFileInside } from '../../files/inside.ts';
import { readFile } from '../../files/read-file.ts';
import { compareBytes, fromBytes } from '../value/bytes.ts';
import { quoteGo } from '../go/quote.ts';
import { ChartError } from '../chart/chart-error.ts';
import { ChartFile } from '../chart/chart-file.ts';
import { compileIgnore, type IsIgnored } from './helm-ignore.ts';
import type { LoadBudget } from './load-budget.ts';
import { MAX_FILE_BYTES } from './max-file-bytes.ts';

/** What Helm reads of a chart, whatever its templates ask for. */
const ALWAYS_READ =
  /^(?:(?:templates|crds)(?:\/.*)?|charts(?:\/[^/]+)?|Chart\.(?:yaml|lock)|values\.(?:yaml|schema\.json)|requirements\.(?:yaml|lock))$/;
const SUBCHARTS = /^(?:charts\/[^/]+\/)+/;
/** In a folder outside of the chart: the names alone are looked at, as `.Files.Glob` gives them. */
const MAX_OUTSIDE = 1000;

/**
 * Reads the files of an unpacked chart: depth first, names sorted by bytes, without what its .helmignore names. Links
 * are followed while they stay inside the chart; a file behind one that leads out is refused when something reads it.
 * @param folder an absolute path
 * @param displayName what reports call a path
 * @param expected where the folder is known to be, without links; one that has been moved since is not read
 * @throws ChartError, FileError
 */
export function readFolder(
  folder: string,
  displayName: (path: string) => string,
  budget: LoadBudget,
  expected?: string,
): readonly ChartFile[] {
  const walk = new FolderWalk(folder, displayName, budget);
  if (expected !== undefined && walk.root !== expected) {
    throw new FileError('EOUTSIDE', folder, 'it was moved while it was read', 'Run chartlint again.');
  }
  walk.enter(folder, '', [walk.root]);
  return walk.files;
}

/** To Helm, a folder of such a name is one like any other, and the chart has no such file. */
const EXPECTED_FILE =
  /^(?:charts\/[^/]+\/)*(?:Chart\.yaml|Chart\.lock|values\.yaml|values\.schema\.json|requirements\.(?:yaml|lock))$/;

class FolderWalk {
  readonly files: ChartFile[] = [];
  /** The chart's folder without links. */
  readonly root: string;
  readonly #displayName: (path: string) => string;
  readonly #isIgnored: IsIgnored;
  readonly #budget: LoadBudget;
  #outside = 0;

  constructor(folder: string, displayName: (path: string) => string, budget: LoadBudget) {
    this.root = realpathSync(folder);
    this.#displayName = displayName;
    this.#budget = budget;
    this.#isIgnored = compileIgnore(readIgnoreFile(folder, this.root));
  }

  /** @param trail the folders, without links, that led here */
  enter(folder: string, prefix: string, trail: readonly string[]): void {
    for (const entry of readdirSync(folder).sort(compareBytes)) {
      const path = join(folder, entry);
      const name = `${prefix}${entry}`;
      const stats = lstatSync(path);
      if (stats.isSymbolicLink()) {
        const target = this.#resolve(path);
        if (!isFileInside(target, this.root)) {
          this.#leave(target, name, this.#refuse(path, 'points outside the chart. Copy the file into the chart'));
          continue;
        }
        if (trail.includes(target)) throw this.#refuse(path, 'points back to a folder that contains it');
        this.#take(path, name, lstatSync(target), [...trail, target]);
      } else this.#take(path, name, stats, stats.isDirectory() ? [...trail, realpathSync(path)] : trail);
    }
  }

  #take(path: string, name: string, stats: Stats, trail: readonly string[]): void {
    const isFolder = stats.isDirectory();
    if (this.#isIgnored(name, isFolder)) return;
    if (isFolder && EXPECTED_FILE.test(name)) {
      throw new FileError('EISDIR', path, 'it is a folder, not a file', 'Remove it, or replace it with a file.');
    }
    if (isFolder) return this.enter(path, `${name}/`, trail);
    if (!stats.isFile()) {
      throw new ChartError(`cannot load irregular file ${path} as it has file mode type bits set`);
    }
    if (stats.size > MAX_FILE_BYTES) {
      const base = quoteGo(name.slice(name.lastIndexOf('/') + 1));
      throw new ChartError(`chart file ${base} is larger than the maximum file size ${MAX_FILE_BYTES}`);
    }
    const data = readFile(path, { maxBytes: MAX_FILE_BYTES, within: this.root });
    this.#budget.takeFile(data.length);
    this.files.push(new ChartFile(name, data, this.#displayName(path)));
  }

  /** Takes the names of what a link leads to outside of the chart, and no content. */
  #leave(target: string, name: string, refusal: ChartError): void {
    const stats = lstatSync(target);
    const isFolder = stats.isDirectory();
    if (this.#isIgnored(name, isFolder)) return;
    if (ALWAYS_READ.test(name.replace(SUBCHARTS, '')) || ++this.#outside > MAX_OUTSIDE) throw refusal;
    if (isFolder) {
      for (const entry of readdirSync(target).sort(compareBytes)) {
        this.#leave(join(target, entry), `${name}/${entry}`, refusal);
      }
    } else this.files.push(new ChartFile(name, refusal, refusal.location?.file ?? name));
  }

  /** Helm follows every link; one that leads out of the chart would let it read any file. */
  #resolve(path: string): string {
    try {
      return realpathSync(path);
    } catch (error) {
      const reason = error instanceof Error && 'code' in error && error.code === 'ELOOP' ? 'too many links' : undefined;
      const detail = reason ?? `lstat ${resolve(dirname(path), readlinkSync(path))}: no such file or directory`;
      throw new ChartError(`error evaluating symlink ${path}: ${detail}`);
    }
  }

  #refuse(path: string, reason: string): ChartError {
    const file = this.#displayName(path);
    const location = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return new ChartError(`The link ${file} ${reason}.`, location);
  }
}

function readIgnoreFile(folder: string, root: string): string {
  try {
    const text = fromBytes(readFile(join(folder, '.helmignore'), { maxBytes: MAX_FILE_BYTES, within: root }));
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
