import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { explainUnread } from '../../files/file-error.ts';
import { readFile } from '../../files/read-file.ts';
import { POLICY_FILE_NAMES } from '../../policy/find.ts';
import { enumerate } from '../../text/enumerate.ts';
import { SourceText } from '../../text/source.ts';
import { BASELINE_FILE_NAME } from '../baseline/baseline.ts';
import type { RunError, SkippedFile } from '../result.ts';
import type { StandIns } from './lint-targets.ts';
import type { OtherFormat } from './other-format-table.ts';
import { decodeUtf8 } from '../../text/decode-utf8.ts';
import { seemsToHoldObject } from './holds-object.ts';
import { Kustomizations, isKustomization } from './kustomizations.ts';
import { IGNORED_FOLDERS } from './ignored-folders.ts';

/** What was asked for: a file, a folder, a glob, or `-` for standard input. */
export interface InputRequest {
  readonly inputs: readonly string[];
  /** The bytes of standard input, asked for when `-` is among the inputs; throws when it cannot be read. */
  readonly readStdin: () => Uint8Array;
  readonly stdinFilename: string;
  readonly workingDirectory: string;
  /** Accept folders without manifests. */
  readonly allowEmpty: boolean;
  /** Finds the files that a glob names; called only for inputs with wildcards that are not files. */
  readonly expandGlob: (pattern: string) => Promise<readonly string[]>;
  /** Finds what is linted in place of a file: the chart that it is part of. By default each file stands for itself. */
  readonly standIns?: Pick<StandIns, 'find' | 'findChartsWith'> | undefined;
  /** Files that are not manifests, absolute: a baseline, a report, values. In folders and globs they are left out. */
  readonly ownFiles?: readonly string[] | undefined;
  /** Whether an input, by its absolute path, may be missing or empty: what was in it is gone. */
  readonly isGone?: ((path: string) => boolean) | undefined;
  /** Whether a hook passes the files: nobody names them, so those of other formats are skipped. */
  readonly isHook?: boolean | undefined;
}

export interface LoadedInputs {
  /** One for each input, in order; an input that could not be read at all has neither sources nor charts. */
  readonly inputs: readonly LoadedInput[];
  readonly errors: readonly RunError[];
  /** Files of folders and globs that are left out since they hold no manifests, sorted as they were met. */
  readonly skipped?: readonly SkippedFile[] | undefined;
  /** Which of the own files would have been inputs; absolute. */
  readonly leftOut?: readonly string[] | undefined;
  /** Manifests that did not change, as reports name them: they are read because changed ones may refer to them. */
  readonly unchanged?: ReadonlySet<string> | undefined;
}

export interface LoadedInput {
  readonly name: string;
  readonly sources: readonly SourceText[];
  /** Absolute paths of the chart folders and `.tgz` charts found. */
  readonly charts: readonly string[];
  /** Whether the rest of it has other policies. */
  readonly isPart?: boolean;
}

const STDIN = '-';
const MANIFEST_EXTENSIONS = new Set(['.yaml', '.yml', '.json']);
const OWN_FILES = new Set([...POLICY_FILE_NAMES, BASELINE_FILE_NAME]);

/** Reads all inputs. What cannot be read becomes an error; the rest is read. A file named twice is read once. */
export async function loadInputs(request: InputRequest): Promise<LoadedInputs> {
  const errors: RunError[] = [];
  const leftOut = new Set<string>();
  const seen = new Set<string>();
  const skipped = new Map<string, SkippedFile>();
  const kustomizations = new Kustomizations();
  const inputs = [];
  for (const name of request.inputs) {
    const sources: SourceText[] = [];
    const charts: string[] = [];
    const others: SkippedFile[] = [];
    if (name === STDIN) {
      const bytes = readInput(name);
      if (bytes !== undefined) addSource(request.stdinFilename, bytes, sources);
    } else {
      const errorsBefore = errors.length;
      for (const found of await findFiles(name)) {
        const { path: file, isChart } = found;
        if (seen.has(file)) continue;
        if (isChart) {
          seen.add(file);
          charts.push(file);
          continue;
        }
        const other = found.problem === undefined ? formatByName(file) : undefined;
        const bytes = other === undefined && found.problem === undefined ? readInput(file) : undefined;
        const format = other ?? found.problem ?? (bytes && (await formatOf(found, bytes)));
        if (format === undefined) {
          seen.add(file);
          if (bytes !== undefined) addSource(displayName(file), bytes, sources);
        } else if (found.isNamed === true && request.isHook !== true) {
          seen.add(file);
          refuseFormat(file, format);
        } else {
          others.push({ file: displayName(file), reason: format.name });
        }
      }
      const isNothing = sources.length + charts.length === 0 && errors.length === errorsBefore;
      if (isNothing && others.length > 0) refuseAllOthers(name, others);
    }
    for (const other of others) skipped.set(other.file, other);
    inputs.push({ name, sources, charts });
  }
  return { inputs, errors, leftOut: [...leftOut], skipped: [...skipped.values()] };

  /** What a file is by its name alone, or by what a kustomization has it for: it need not be read. */
  function formatByName(path: string): OtherFormat | undefined {
    if (isKustomization(path)) return kustomizationFormat(displayName(dirname(path)));
    const input = kustomizations.find(path);
    if (input === undefined) return undefined;
    return {
      ...kustomizationFormat(displayName(dirname(input.kustomization))),
      name: `${input.role} of ${displayName(input.kustomization)}`,
    };
  }

  async function formatOf({ path, isHidden }: Found, bytes: Uint8Array): Promise<OtherFormat | undefined> {
    const text = decodeUtf8(bytes);
    const name = displayName(path);
    const isKnown = typeof text !== 'string' || seemsToHoldObject(path, text);
    const other = isKnown ? undefined : (await import('./other-formats.ts')).recogniseFormat(name, text);
    // Hidden files are mostly settings of other tools: only objects in them are ours.
    return (
      other ?? (isHidden === true && !holdsObject(bytes) ? { name: 'a hidden file without an object' } : undefined)
    );
  }

  function refuseFormat(path: string, { name, help }: OtherFormat): void {
    const file = displayName(path);
    const way = (help ?? 'Leave it out of the inputs.').replaceAll('{file}', file);
    fail(file, `This is ${name}, not a manifest of Kubernetes.`, way);
  }

  /** An input with nothing to lint in it is an error, as one without files is. */
  function refuseAllOthers(name: string, others: readonly SkippedFile[]): void {
    if (request.allowEmpty || request.isHook === true) return;
    if (request.isGone?.(resolve(request.workingDirectory, name)) === true) return;
    const shown = others.slice(0, 3).map(({ file, reason }) => `${file} is ${reason}`);
    const more =
      others.length > shown.length ? [`${others.length - shown.length} more files are of other formats`] : [];
    fail(
      name,
      `There is no chart and no manifest here: ${enumerate([...shown, ...more])}. Specify the folder that contains the manifests.`,
    );
  }

  async function findFiles(name: string): Promise<readonly Found[]> {
    const path = resolve(request.workingDirectory, name);
    const found = name === '' ? 'missing' : statOf(path);
    if (found === 'missing') {
      const matches = /[*?[{]/.test(name) ? await request.expandGlob(name) : [];
      const files = matches.map((match) => resolve(request.workingDirectory, match)).filter((file) => !isOwnFile(file));
      for (const file of files) if (isKustomization(file)) kustomizations.add(file);
      if (files.length > 0) return (await Promise.all(files.map((file) => standIn(file)))).flat();
      if (request.isGone?.(path) === true) return [];
      fail(name, 'No such file or folder. Check the path; - reads standard input.');
      return [];
    }
    if (found === 'unreadable') {
      fail(name, 'It cannot be opened. Check its permissions, or where the link points.');
      return [];
    }
    if (found === 'file') return standIn(path, true);
    const walked = [...walk(path)];
    for (const file of walked) if (isKustomization(file.path)) kustomizations.add(file.path);
    const files = (await Promise.all(walked.map(asValues))).flat();
    if (
      files.length === 0 &&
      !request.allowEmpty &&
      request.isGone?.(path) !== true &&
      !errors.some(({ location }) => location?.file.startsWith(displayName(path)))
    ) {
      fail(
        name,
        'The folder contains no chart and no .yaml, .yml or .json file. Specify the folder that contains the manifests.',
      );
    }
    return files;
  }

  async function standIn(path: string, isNamed = false): Promise<readonly Found[]> {
    const found = await request.standIns?.find(path);
    if (found === undefined) return [{ ...asFound(path), isNamed }];
    if ('charts' in found) return found.charts.map((chart) => ({ path: chart, isChart: true }));
    if ('folder' in found) return [...walk(found.folder)];
    if (!isNamed || request.isHook === true) return [{ path, isChart: false, problem: { name: found.format } }];
    fail(displayName(path), found.problem);
    return [];
  }

  /** What a policy reads as values is not a manifest: the charts stand for it. */
  async function asValues(found: Found): Promise<readonly Found[]> {
    const charts = found.isChart ? [] : ((await request.standIns?.findChartsWith(found.path)) ?? []);
    return charts.length === 0 ? [found] : charts.map((chart) => ({ path: chart, isChart: true }));
  }

  function* walk(folder: string, isHiddenFolder = false): Generator<Found> {
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      fail(displayName(folder), 'The folder cannot be opened. Check its permissions.');
      return;
    }
    if (entries.some((entry) => entry.name === 'Chart.yaml')) {
      yield { path: folder, isChart: true };
      return;
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      const isHidden = isHiddenFolder || entry.name.startsWith('.');
      if (entry.isDirectory()) {
        if (!IGNORED_FOLDERS.has(entry.name)) yield* walk(path, isHidden);
      } else if (MANIFEST_EXTENSIONS.has(extname(entry.name)) && !isOwnFile(path)) {
        // A link to a folder is not followed, since it may lead back up. What is no file is refused when it is read.
        if (entry.isSymbolicLink()) {
          const target = statOf(path);
          if (target === 'file') yield { path, isChart: false, isHidden };
          else if (target !== 'folder') fail(displayName(path), 'The link is broken. Fix or remove it.');
        } else yield { path, isChart: false, isHidden };
      }
    }
  }

  function isOwnFile(path: string): boolean {
    if (request.ownFiles?.includes(path) !== true) return OWN_FILES.has(basename(path));
    leftOut.add(path);
    return true;
  }

  function readInput(path: string): Uint8Array | undefined {
    try {
      return path === STDIN ? request.readStdin() : readFile(path, { isNamed: true });
    } catch (error) {
      const fault = explainUnread(error);
      if (fault === undefined) throw error;
      fail(
        path === STDIN ? request.stdinFilename : displayName(path),
        `The file cannot be read: ${fault.reason}. ${fault.help}`,
      );
      return undefined;
    }
  }

  function addSource(name: string, bytes: Uint8Array, sources: SourceText[]): void {
    const text = decodeUtf8(bytes);
    if (typeof text === 'string') sources.push(new SourceText(name, text));
    else errors.push({ kind: 'input', message: text.message, location: { file: name, ...text.place } });
  }

  function fail(name: string, message: string, help?: string): void {
    const file = name.split(sep).join('/');
    errors.push({ kind: 'input', message, help, location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 } });
  }

  function displayName(path: string): string {
    const name = relative(request.workingDirectory, path).split(sep).join('/');
    return name === '' ? '.' : name;
  }
}

/** A file of manifests, or a chart: its folder or its archive. */
interface Found {
  readonly path: string;
  readonly isChart: boolean;
  /** Whether a folder holds it that was named, and its name, or that of a folder on the way, begins with a dot. */
  readonly isHidden?: boolean;
  /** Whether the file itself was named, not a folder or a glob. */
  readonly isNamed?: boolean;
  /** What it is when it is known not to be a manifest. */
  readonly problem?: OtherFormat;
}

function kustomizationFormat(folder: string): OtherFormat {
  return { name: 'a kustomization', help: `Lint what it builds: kustomize build ${folder} | chartlint -` };
}

function holdsObject(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('apiVersion');
}

function asFound(path: string): Found {
  return { path, isChart: /\.tgz$|\.tar\.gz$/i.test(path) };
}

/** Follows links, so that a link to a file is a file. */
function statOf(path: string): 'file' | 'folder' | 'missing' | 'unreadable' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' ? 'missing' : 'unreadable';
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
