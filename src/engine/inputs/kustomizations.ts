import { basename, dirname, join, resolve } from 'node:path';
import { readFile } from '../../files/read-file.ts';
import { entryKind } from '../../policy/find.ts';
import { SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseDocuments } from '../../yaml/parse.ts';

/** What kustomize reads in a folder (kustomize, `konfig.RecognizedKustomizationFileNames`). */
const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a file is one that kustomize builds a folder from. */
export function isKustomization(path: string): boolean {
  return FILE_NAMES.includes(basename(path));
}

/** What a kustomization reads that is not an object, and which one it is. */
export interface KustomizeInput {
  /** What the file is to it: `a patch`. */
  readonly role: string;
  /** Absolute. */
  readonly kustomization: string;
}

/** Knows which files kustomizations read: a patch has only the fields that it changes, so it cannot be linted. */
export class Kustomizations {
  readonly #read = new Set<string>();
  readonly #looked = new Set<string>();
  readonly #inputs = new Map<string, KustomizeInput>();

  /** Takes note of a kustomization that was found. */
  add(kustomization: string): void {
    if (this.#read.has(kustomization)) return;
    this.#read.add(kustomization);
    for (const [file, role] of readInputs(kustomization)) this.#inputs.set(file, { role, kustomization });
  }

  /**
   * What a file is to a kustomization that was found, or that lies in the file's folder or one above it; undefined for an
   * object of its own. The search ends at the root of the Git repository.
   * @param file absolute
   */
  find(file: string): KustomizeInput | undefined {
    for (let folder = dirname(file); !this.#looked.has(folder); folder = dirname(folder)) {
      this.#looked.add(folder);
      for (const name of FILE_NAMES) {
        const kustomization = join(folder, name);
        if (entryKind(kustomization) === 'file') this.add(kustomization);
      }
      if (entryKind(join(folder, '.git')) !== undefined) break;
    }
    return this.#inputs.get(file);
  }
}

/** What a kustomization reads beside resources: absolute files and what each is. None for one that cannot be read. */
function readInputs(kustomization: string): Map<string, string> {
  const found = new Map<string, string>();
  let text;
  try {
    text = readFile(kustomization).toString('utf8');
  } catch {
    return found;
  }
  const [first] = parseDocuments(new SourceText(kustomization, text));
  if (first?.document === undefined) return found;
  const root = Cursor.root(first.document, first.document.root);
  const itemsOf = (...fields: string[]): Cursor[] => fields.flatMap((field) => root.at(field).items());
  const add = (role: string, names: readonly (string | undefined)[]): void => {
    for (const name of names) {
      // A patch that is written out is not a file; the name of one has no line break.
      if (name !== undefined && name !== '' && !name.includes('\n'))
        found.set(resolve(dirname(kustomization), name), role);
    }
  };
  const pathsOf = (cursors: readonly Cursor[]): (string | undefined)[] => cursors.map((item) => item.at('path').string);
  const textsOf = (cursors: readonly Cursor[]): (string | undefined)[] => cursors.map((item) => item.string);
  add('a patch', pathsOf(itemsOf('patches', 'patchesJson6902')));
  add('a patch', textsOf(itemsOf('patchesStrategicMerge')));
  add('a replacement', pathsOf(itemsOf('replacements')));
  add('a configuration', textsOf(itemsOf('configurations')));
  add('a generator', textsOf(itemsOf('generators')));
  add('a transformer', textsOf(itemsOf('transformers', 'validators')));
  add('a schema', [root.at('openapi', 'path').string]);
  const charts = itemsOf('helmCharts');
  add('a values file', [
    ...charts.map((chart) => chart.at('valuesFile').string),
    ...textsOf(charts.flatMap((chart) => chart.at('additionalValuesFiles').items())),
  ]);
  const generators = itemsOf('configMapGenerator', 'secretGenerator');
  // `key=file`, or a file alone.
  const contents = textsOf(generators.flatMap((generator) => generator.at('files').items()));
  add(
    'the content of a key',
    contents.map((name) => name?.slice(name.indexOf('=') + 1)),
  );
  // What is a resource as well is an object.
  for (const name of textsOf(itemsOf('resources', 'components', 'bases'))) {
    if (name !== undefined) found.delete(resolve(dirname(kustomization), name));
  }
  return found;
}
