import { basename, dirname, resolve } from 'node:path';
import { readFile } from '../../files/read-file.ts';
import { SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseDocuments } from '../../yaml/parse.ts';

/** What kustomize reads in a folder (kustomize, `konfig.RecognizedKustomizationFileNames`). */
const KUSTOMIZATIONS = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);

/** Whether a file is one that kustomize builds a folder from. */
export function isKustomization(path: string): boolean {
  return KUSTOMIZATIONS.has(basename(path));
}

/**
 * The files that a kustomization names as patches, absolute: a patch has only the fields that it changes, so it is not
 * an object that could be linted. None for a file that cannot be read: it is reported where it is linted.
 */
export function patchesOf(kustomization: string): string[] {
  let text;
  try {
    text = readFile(kustomization).toString('utf8');
  } catch {
    return [];
  }
  const [first] = parseDocuments(new SourceText(kustomization, text));
  if (first?.document === undefined) return [];
  const root = Cursor.root(first.document, first.document.root);
  const named = [
    ...['patches', 'patchesJson6902'].flatMap((field) =>
      root
        .at(field)
        .items()
        .map((patch) => patch.at('path').string),
    ),
    ...root
      .at('patchesStrategicMerge')
      .items()
      .map((patch) => patch.string),
    ...root
      .at('replacements')
      .items()
      .map((replacement) => replacement.at('path').string),
  ];
  // A patch that is written out is no file; the name of one has no line break.
  const files = named.filter((name) => name !== undefined && !name.includes('\n'));
  return files.map((file) => resolve(dirname(kustomization), file ?? ''));
}
