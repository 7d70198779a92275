import { compareBytes } from '../value/bytes.ts';
import { textOf } from '../go/print.ts';
import { GoList, GoMap, isNil } from '../value/value.ts';
import type { Origin } from '../value/origin.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { TextBuilder, Tracked, withTaint } from '../value/tracked.ts';
import { checkItemCount, checkTextLength } from './bounds.ts';
import { type HelmFunction, traced } from '../value/function.ts';
import { itemsOf } from './items.ts';

/** Functions between texts and lists of texts. */
export const splitFunctions: Readonly<Record<string, HelmFunction>> = {
  split: traced(['string', 'string'], (_call, separator, text) => numbered(splitText(text, separator, -1))),
  splitn: traced(['string', 'int', 'string'], (_call, separator, count, text) => {
    return withTaint(numbered(splitText(text, separator, count.value)), count.taint);
  }),
  splitList: traced(['string', 'string'], (_call, separator, text) => {
    const { items, origin } = splitText(text, separator, -1);
    return new Tracked(listOfTexts(items), origin);
  }),
  join: traced(['string', 'any'], (_call, separator, list) => join(textsOf(list), separator, list.origin)),
  toStrings: traced(['any'], (_call, list) => toStrings(list)),
  sortAlpha: traced(['any'], (_call, list) => sortAlpha(list)),
  toString: traced(['any'], (_call, value) => textOf(value)),
};

interface Pieces {
  readonly items: readonly Tracked<string>[];
  readonly origin: Origin;
}

/** The pieces between separators, at most this many when the count is not negative. */
function splitText(text: Tracked<string>, separator: Tracked<string>, count: number): Pieces {
  const ends = pieceEnds(text.value, separator.value, count < 0 ? Infinity : count);
  const reader = TracedReader.of(text);
  const items = ends.map((end) => {
    const builder = new TextBuilder();
    reader.copyTo(end, builder);
    reader.skipTo(Math.min(end + separator.value.length, text.value.length));
    const piece = builder.length === 0 ? new Tracked('', text.taint.origin) : builder.toTracked();
    return withTaint(piece, separator.taint);
  });
  return { items, origin: text.taint.with(separator.taint).origin };
}

function pieceEnds(text: string, separator: string, count: number): number[] {
  const ends: number[] = [];
  if (count === 0) return ends;
  if (separator === '') {
    for (let end = 0; end < text.length && ends.length < count - 1;) {
      end += String.fromCodePoint(text.codePointAt(end) ?? 0).length;
      ends.push(end);
      checkItemCount(ends.length);
    }
    if ((ends.at(-1) ?? 0) < text.length) ends.push(text.length);
    return ends;
  }
  let at = text.indexOf(separator);
  while (at >= 0 && ends.length < count - 1) {
    ends.push(at);
    checkItemCount(ends.length);
    at = text.indexOf(separator, at + separator.length);
  }
  return [...ends, text.length];
}

/** As in sprig's `split`: a map with the keys `_0`, `_1`, …. */
function numbered({ items, origin }: Pieces): Tracked {
  const map = new GoMap('map[string]string');
  items.forEach((item, index) => map.set(`_${index}`, item.value, item.origin));
  return new Tracked(map, origin);
}

function listOfTexts(items: readonly Tracked<string>[]): GoList {
  return new GoList(
    items.map((item) => item.value),
    '[]string',
    items.map((item) => item.origin),
  );
}

/** The items of a list as texts, without nil ones; of another value, its own text; of nil, none. */
function textsOf(list: Tracked): Tracked<string>[] {
  const items = itemsOf(list);
  if (items === undefined) return isNil(list.value) ? [] : [textOf(list)];
  return items.filter((item) => !isNil(item.value)).map(textOf);
}

function join(texts: readonly Tracked<string>[], separator: Tracked<string>, { taint }: Origin): Tracked<string> {
  checkTextLength(texts.length * separator.value.length);
  const builder = new TextBuilder();
  texts.forEach((text, index) => {
    if (index > 0) builder.appendSlice(separator.value, separator.origin);
    builder.appendSlice(text.value, text.origin);
  });
  return withTaint(builder.toTracked(), taint);
}

/** A list of texts stays the one it is. */
function toStrings(list: Tracked): Tracked {
  const isOne = list.value instanceof GoList && list.value.type === '[]string';
  return isOne ? list : new Tracked(listOfTexts(textsOf(list)), list.taint.origin);
}

/** Sorts by bytes. A list of texts is sorted in place, as sprig does: whoever holds it sees it sorted. */
function sortAlpha(list: Tracked): Tracked {
  const { value } = list;
  if (itemsOf(list) === undefined) return new Tracked(listOfTexts([textOf(list)]), list.taint.origin);
  const sorted = listOfTexts(textsOf(list).sort((a, b) => compareBytes(a.value, b.value)));
  if (!(value instanceof GoList && value.type === '[]string')) return new Tracked(sorted, list.taint.origin);
  value.assign(sorted);
  return list;
}
