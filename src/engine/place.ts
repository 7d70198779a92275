import { RenderedText, templateLocation } from '../helm/rendered-text.ts';
import type { ValuesKey } from '../helm/values-key.ts';
import type { Location } from '../text/source.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { ValueOrigin } from './result.ts';

/** Where a place of a manifest was written: the template, where it is known. */
export function placeOf(cursor: Cursor): Location {
  const { source } = cursor.document;
  const location = source instanceof RenderedText ? templateLocation(source.originOf(cursor.range)) : undefined;
  return location ?? source.locate(cursor.range);
}

/** The values keys that fed a place: its value's, and for an entry those of its key. */
export function valuesAt(cursor: Cursor): ValueOrigin[] {
  const { source } = cursor.document;
  if (!(source instanceof RenderedText)) return [];
  const { range, node, keyRange } = cursor;
  const end = node?.kind === 'scalar' ? Math.max(range.end, node.end) : range.end;
  const start = keyRange === undefined ? range.start : Math.min(range.start, keyRange.start);
  const origins = new Map<string, ValueOrigin>();
  for (const origin of source.originOf({ start, end }).keys.map(toValueOrigin)) {
    origins.set([origin.key, origin.file, origin.line, origin.column].join('\0'), origin);
  }
  return [...origins.values()];
}

export function toValueOrigin(key: ValuesKey): ValueOrigin {
  const { file, line, column } = key.location;
  return { key: key.name, file, line, column };
}
