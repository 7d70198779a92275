import type { TextOrigin } from '../helm/origin-index.ts';
import type { Site } from '../helm/origin.ts';
import { RenderedText, templateLocation } from '../helm/rendered-text.ts';
import type { ValuesKey } from '../helm/values-key.ts';
import type { Location } from '../text/source.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { ValueOrigin } from './result.ts';

/** Where a place of a manifest was written: the template, where it is known. */
export function placeOf(cursor: Cursor): Location {
  const { source } = cursor.document;
  if (!(source instanceof RenderedText)) return source.locate(cursor.range);
  const { place } = source.originOf(cursor.range);
  const { line } = source.positionAt(cursor.range.start);
  const lineStart = source.offsetOfLine(line);
  const lineOrigin = source.originOf({ start: lineStart, end: lineStart + source.lineAt(line).length });
  return templateLocation({ place: place && callFrom(place, lineOrigin) }) ?? source.locate(cursor.range);
}

type Place = NonNullable<TextOrigin['place']>;

/**
 * A value that a helper printed into a line of its caller (`name: {{ include "fullname" . }}`) is the caller's: there it
 * is chosen, and the helper serves others, too. What a helper printed in whole lines is its own.
 */
function callFrom(place: Place, { place: line }: TextOrigin): Place {
  if (line === undefined) return place;
  const callers = callersOf(place.site);
  const depth = callersOf(line.site).length;
  const call = callers.at(-depth);
  if (callers.length <= depth || call?.file.name !== line.site.file.name) return place;
  return { site: call, range: call, isExact: false };
}

/** A place and the calls that led to it, outermost last. */
function callersOf(site: Site): Site[] {
  return site.caller === undefined ? [site] : [site, ...callersOf(site.caller)];
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
