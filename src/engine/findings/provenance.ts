import type { TemplatePlace } from '../../helm/provenance/origin-index.ts';
import type { Site } from '../../helm/value/origin.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import type { ValuesKey } from '../../helm/value/values-key.ts';
import type { Location, Range } from '../../text/source.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import type { ValueOrigin } from '../data-flow.ts';

/**
 * Where a place of a manifest was written: the template, where it is known.
 * @param part of its text, where not all of it is meant
 */
export function locateOrigin(cursor: Cursor, part: Range = cursor.range): Location {
  const { site, range } = writtenAt(cursor, part) ?? {};
  return site === undefined || range === undefined
    ? cursor.document.source.locate(part)
    : site.file.source.locate(range);
}

/** Where the file that Helm executes itself called the helper that wrote a place; undefined when no helper did. */
export function callOf(cursor: Cursor, part: Range = cursor.range): Location | undefined {
  const { site } = writtenAt(cursor, part) ?? {};
  const call = site?.caller === undefined ? undefined : callersOf(site).at(-1);
  return call?.file.source.locate(call);
}

function writtenAt(cursor: Cursor, { start, end }: Range): TemplatePlace | undefined {
  const { source } = cursor.document;
  if (!(source instanceof RenderedText)) return undefined;
  const { line } = source.positionAt(start);
  const lineStart = source.offsetOfLine(line);
  const lineEnd = lineStart + source.lineAt(line).length;
  const writer = source.originOf({ start: lineStart, end: lineEnd }).place;
  const first = source.originOf({ start, end }).place;
  if (first === undefined || writer === undefined) return undefined;
  const place = callFrom(first, writer);
  const last = end > lineEnd ? undefined : source.originOf({ start: end - 1, end }).place;
  return last === undefined ? place : upTo(place, callFrom(last, writer));
}

/** A value may be made of several texts and actions of one template. */
function upTo(place: TemplatePlace, last: TemplatePlace): TemplatePlace {
  const { site, range } = place;
  const isSame = last.site.file === site.file && last.site.caller === site.caller;
  return isSame && last.range.end > range.end
    ? { ...place, range: { start: range.start, end: last.range.end } }
    : place;
}

/**
 * A value that a helper printed into a line of its caller (`name: {{ include "fullname" . }}`) is the caller's: there it
 * is chosen, and the helper serves others, too. What a helper printed in whole lines is its own.
 */
function callFrom(place: TemplatePlace, line: TemplatePlace): TemplatePlace {
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

/** The values keys that fed a part of a text. */
export function keysBehind({ source }: Cursor['document'], part: Range): readonly ValuesKey[] {
  return source instanceof RenderedText ? source.originOf(part).keys : [];
}

/** The values keys that fed some places, and further ones, each once. */
export function valuesBehind(cursors: readonly Cursor[], keys: readonly ValuesKey[]): ValueOrigin[] {
  const origins = new Map<string, ValueOrigin>();
  for (const origin of [...cursors.flatMap(keysAt), ...keys].map(toValueOrigin)) {
    origins.set([origin.key, origin.file, origin.line, origin.column].join('\0'), origin);
  }
  return [...origins.values()];
}

/** The values keys that fed a place: its value's, and for an entry those of its key. */
function keysAt(cursor: Cursor): readonly ValuesKey[] {
  const { source } = cursor.document;
  if (!(source instanceof RenderedText)) return [];
  const { range, node, keyRange } = cursor;
  const end = node?.kind === 'scalar' ? Math.max(range.end, node.end) : range.end;
  const start = keyRange === undefined ? range.start : Math.min(range.start, keyRange.start);
  return source.originOf({ start, end }).keys;
}

export function toValueOrigin(key: ValuesKey): ValueOrigin {
  const { file, line, column } = key.location;
  return { key: key.name, file, line, column };
}
