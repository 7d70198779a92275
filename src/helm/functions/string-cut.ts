import { byteLength } from '../value/bytes.ts';
import { TextBuilder, type Tracked, withTaint } from '../value/tracked.ts';
import { cutBytes, cutText } from './cut-text.ts';
import { FunctionError, type HelmFunction, traced } from '../value/function.ts';

/** Functions that shorten a text. They count bytes, as Go does. */
export const cutFunctions: Readonly<Record<string, HelmFunction>> = {
  trunc: traced(['int', 'string'], (_call, count, text) => withTaint(truncateText(text, count.value), count.taint)),
  substr: traced(['int', 'int', 'string'], (_call, start, end, text) => {
    return withTaint(substring(text, start.value, end.value), start.taint.with(end.taint));
  }),
  abbrev: traced(['int', 'string'], (_call, width, text) => {
    return withTaint(width.value < 4 ? text : abbreviate(text, 0, width.value), width.taint);
  }),
  abbrevboth: traced(['int', 'int', 'string'], (_call, left, right, text) => {
    const isTooNarrow = right.value < 4 || (left.value > 0 && right.value < 7);
    const abbreviated = isTooNarrow ? text : abbreviate(text, left.value, right.value);
    return withTaint(abbreviated, left.taint.with(right.taint));
  }),
};

function truncateText(text: Tracked<string>, count: number): Tracked<string> {
  // There are at least as many bytes as UTF-16 units, and at most three times as many.
  if (Math.abs(count) >= text.value.length * 3) return text;
  const length = byteLength(text.value);
  if (count < 0 && length + count > 0) return cutBytes(text, length + count, length);
  return count >= 0 && length > count ? cutBytes(text, 0, count) : text;
}

function substring(text: Tracked<string>, start: number, end: number): Tracked<string> {
  const length = byteLength(text.value);
  if (start < 0) {
    if (end < 0) throw outOfRange(`:${end}`);
    if (end > length) throw outOfRange(`:${end}`, length);
    return cutBytes(text, 0, end);
  }
  const last = end < 0 || end > length ? length : end;
  if (start > last) throw outOfRange(`${start}:${last}`);
  return cutBytes(text, start, last);
}

function outOfRange(range: string, length?: number): FunctionError {
  const bound = length === undefined ? '' : ` with length ${length}`;
  return new FunctionError(`runtime error: slice bounds out of range [${range}]${bound}`);
}

/** goutils' abbreviation: dots stand for what is left out before an offset and after a width. */
function abbreviate(text: Tracked<string>, offset: number, width: number): Tracked<string> {
  const length = byteLength(text.value);
  if (length <= width) return text;
  const kept = width - 3;
  let start = Math.min(offset, length);
  if (length - start < kept) start = length - kept;
  const builder = new TextBuilder();
  const append = (from: number, to: number): TextBuilder => {
    const part = cutBytes(text, from, to);
    return builder.appendSlice(part.value, part.origin);
  };
  if (start <= 4) return append(0, kept).append('...').toTracked();
  if (width < 7) return cutText(text, 0, 0);
  builder.append('...');
  if (start + kept >= length) append(length - kept, length);
  // A width too small to abbreviate the rest leaves nothing of it.
  else if (kept >= 4) append(start, start + kept - 3).append('...');
  return builder.toTracked();
}
