import { fromBytes, toBytes } from '../value/bytes.ts';
import { NO_ORIGIN, type Taint } from '../value/origin.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { mixed, TextBuilder, Tracked, withTaint } from '../value/tracked.ts';
import { checkTextLength } from './bounds.ts';
import { FunctionError, type HelmFunction, traced } from '../value/function.ts';

/** Functions that arrange a text in lines, or many times. */
export const layoutFunctions: Readonly<Record<string, HelmFunction>> = {
  indent: traced(['int', 'string'], (_call, spaces, text) => indent(text, spaces.value, spaces.taint, '')),
  nindent: traced(['int', 'string'], (_call, spaces, text) => indent(text, spaces.value, spaces.taint, '\n')),
  repeat: traced(['int', 'string'], (_call, count, text) => {
    return withTaint(repeat(text, count.value), count.taint);
  }),
  wrap: traced(['int', 'string'], (_call, width, text) => {
    return withTaint(wrapText(text, width.value, new Tracked('\n'), false), width.taint);
  }),
  wrapWith: traced(['int', 'string', 'string'], (_call, width, lineBreak, text) => {
    return withTaint(wrapText(text, width.value, lineBreak, true), width.taint.with(lineBreak.taint));
  }),
  plural: traced(['string', 'string', 'int'], (_call, one, many, count) => {
    return withTaint(count.value === 1 ? one : many, count.taint.asChoice);
  }),
};

/** Puts spaces before every line, also before empty ones and one that follows a last line break. */
function indent(text: Tracked<string>, spaces: number, taint: Taint, before: string): Tracked<string> {
  const { value, origin } = text;
  checkCount(spaces);
  checkTextLength(spaces);
  const pad = ' '.repeat(spaces);
  const lines = value.split('\n').length;
  checkTextLength(value.length + lines * spaces);
  if (origin === NO_ORIGIN && taint === NO_ORIGIN.taint) {
    return new Tracked(before + pad + (spaces === 0 ? value : value.replaceAll('\n', `\n${pad}`)));
  }
  const builder = new TextBuilder().append(before, taint).append(pad, taint);
  if (value === '') return builder.appendSlice(value, origin).toTracked();
  const reader = TracedReader.of(text);
  for (let end = value.indexOf('\n') + 1; end > 0; end = value.indexOf('\n', end) + 1) {
    reader.copyTo(end, builder);
    builder.append(pad, taint);
  }
  reader.copyTo(value.length, builder);
  return builder.toTracked();
}

function checkCount(count: number): void {
  if (count < 0) throw new FunctionError('strings: negative Repeat count');
}

function repeat({ value, origin }: Tracked<string>, count: number): Tracked<string> {
  checkCount(count);
  checkTextLength(value.length * count);
  if (count === 0 || value === '') return new Tracked('', origin.taint.origin);
  if (origin.segments === undefined) return new Tracked(value.repeat(count), origin);
  const builder = new TextBuilder();
  for (let index = 0; index < count; index++) builder.appendSlice(value, origin);
  return builder.toTracked();
}

/**
 * goutils' wrapping of one line at spaces. With a line break of one's own, words that are too long are broken too.
 * The width counts bytes.
 */
function wrapText(
  text: Tracked<string>,
  width: number,
  lineBreak: Tracked<string>,
  breaksWords: boolean,
): Tracked<string> {
  const { value } = text;
  const bytes = toBytes(value);
  const lines = wrappedLines(bytes, Math.max(width, 1), breaksWords);
  const between = lineBreak.value === '' ? '\n' : lineBreak.value;
  checkTextLength(value.length + lines.length * between.length);
  if (bytes.length !== value.length) {
    return mixed(lines.map(({ start, end }) => fromBytes(bytes.subarray(start, end))).join(between), text.taint);
  }
  const builder = new TextBuilder();
  const reader = TracedReader.of(text);
  for (const [index, { start, end }] of lines.entries()) {
    if (index > 0) builder.append(between, lineBreak.taint);
    reader.skipTo(start);
    reader.copyTo(end, builder);
  }
  return value === '' ? text : builder.toTracked();
}

/** The lines of a wrapped text in offsets of bytes. */
function wrappedLines(bytes: Uint8Array, width: number, breaksWords: boolean): { start: number; end: number }[] {
  const space = 0x20;
  const lines: { start: number; end: number }[] = [];
  let start = 0;
  while (bytes.length - start > width) {
    if (bytes[start] === space) {
      start++;
      continue;
    }
    const within = bytes.subarray(start, start + width + 1).lastIndexOf(space);
    let end = start + within;
    let next = end + 1;
    if (within < 0) {
      end = breaksWords ? start + width : bytes.indexOf(space, start + width);
      next = breaksWords ? end : end + 1;
      if (end < 0) break;
    }
    lines.push({ start, end });
    start = next;
  }
  lines.push({ start, end: bytes.length });
  return lines;
}
