import { SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseDocuments } from '../../yaml/parse.ts';
import { FORMATS_BY_CONTENT, FORMATS_BY_NAME, type OtherFormat } from './other-format-table.ts';

/** UTF-16 units that are parsed to find out what a file is; what is longer is taken for manifests. */
const LIMIT = 4_000_000;

/**
 * What a file holds that is YAML or JSON for another program; undefined for manifests, for what is broken, and for what
 * nobody knows. A file with an object in it is never of another format.
 * @param file with `/`; its name and folder count
 */
export function recogniseFormat(file: string, text: string): OtherFormat | undefined {
  if (text.length > LIMIT) return undefined;
  const roots = readRoots(file, text);
  if (roots.some(isObject)) return undefined;
  return (
    FORMATS_BY_NAME.find(({ path }) => path.test(file))?.format ??
    FORMATS_BY_CONTENT.find(({ isOf }) => roots.some(isOf))?.format
  );
}

/** The roots of all documents that can be read. */
function readRoots(file: string, text: string): Cursor[] {
  return [...parseDocuments(new SourceText(file, text))].flatMap(({ document }) =>
    document?.root === undefined ? [] : [Cursor.root(document, document.root)],
  );
}

/** An object of Kubernetes, or what was meant to be one. */
function isObject(root: Cursor): boolean {
  if (root.isSequence) return root.items().some((item) => item.at('kind').exists);
  const has = (key: string): boolean => root.at(key).exists;
  // JSON Schemas have a field `kind` only further in.
  if (has('kind')) return true;
  const isNamed = root.at('metadata').isMapping;
  return isNamed && (has('spec') || has('data') || has('apiVersion'));
}
