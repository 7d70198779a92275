import type { Cursor } from '../yaml/cursor.ts';

/** A key that YAML takes for something else, so that it has another name in the object. */
export interface RenamedKey {
  /** Blamed on its key. */
  readonly place: Cursor;
  readonly written: string;
  readonly key: string;
}

/** The keys of a mapping that are no strings and change: `y` becomes `true`, 0123 `83`; 8080 stays what it is. */
export function renamedKeys(mapping: Cursor): RenamedKey[] {
  const { node, document } = mapping;
  if (node?.kind !== 'mapping') return [];
  return node.entries.flatMap(({ key, rawKey, start, end }) => {
    if (rawKey === undefined) return [];
    const written = document.source.text.slice(start, end);
    return written === key ? [] : [{ place: mapping.at(key).onKey, written, key }];
  });
}
