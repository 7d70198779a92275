import { MASK } from './mask.ts';
import { characterWidth, displayWidth, printable } from './printable.ts';
import type { Location, Range, SourceText } from './source.ts';

/** Colours the parts of a frame; the text is complete without. */
interface FramePaint {
  readonly gutter: (text: string) => string;
  /** The `>` and the number of an offending line. */
  readonly marker: (text: string) => string;
  readonly carets: (text: string) => string;
}

export interface FrameOptions {
  /** Lines shown before and after; 2 by default. */
  readonly context?: number;
  /** Columns of the whole frame; 100 by default. */
  readonly width?: number;
  /** Asked what must not be shown of each range of the source that the frame is about to show. */
  readonly mask?: (shown: Range) => readonly Range[];
  /** The context does not leave this range of the source. */
  readonly within?: Range | undefined;
  readonly paint?: FramePaint;
}

const DEFAULT_CONTEXT = 2;
const DEFAULT_WIDTH = 100;
const TAB_STOP = 4;
const ELLIPSIS = '…';
/** Only the first lines of a long range are shown. */
const MAX_MARKED_LINES = 3;
const MIN_TEXT_WIDTH = 16;
/** UTF-16 units of a line that is not looked at as a whole. */
const HUGE_LINE = 5000;
const PLAIN_TEXT = /^[\x20-\x7e]*$/;
const NO_MASK = (): readonly Range[] => [];
const NO_PAINT: FramePaint = { gutter: (text) => text, marker: (text) => text, carets: (text) => text };

/**
 * The lines of a source around a place, numbered, with `>` before the offending lines and carets under the range.
 * Safe to show on a terminal: long lines are cut around the range, control characters are escaped, masks applied.
 */
export function codeFrame(source: SourceText, location: Location, options: FrameOptions = {}): string[] {
  const { mask = NO_MASK, width = DEFAULT_WIDTH, paint = NO_PAINT } = options;
  const { first, last, firstMarked, lastMarked, isCut } = chooseLines(source, location, options);
  const digits = String(last).length;
  const textWidth = Math.max(MIN_TEXT_WIDTH, width - digits - ' > '.length - ' │ '.length);
  const bar = paint.gutter('│');
  const lines: string[] = [];
  for (let line = first; line <= last; line++) {
    const isMarked = line >= firstMarked && line <= lastMarked;
    const range = isMarked ? rangeInLine(source, location, line) : undefined;
    const shown = showLine(source, line, range, mask, textWidth);
    const number = String(line).padStart(digits);
    const gutter = isMarked ? paint.marker(` > ${number}`) : paint.gutter(`   ${number}`);
    lines.push(shown.text === '' ? `${gutter} ${bar}` : `${gutter} ${bar} ${shown.text}`);
    if (line === firstMarked) {
      const carets = paint.carets('^'.repeat(shown.caretWidth));
      lines.push(`${' '.repeat(digits + 3)} ${bar} ${' '.repeat(shown.caretStart)}${carets}`);
    }
    if (isCut && line === lastMarked) lines.push(`${' '.repeat(digits + 3)} ${bar} ${ELLIPSIS}`);
  }
  return lines;
}

/** 1-based, the last one included. */
interface ChosenLines {
  readonly first: number;
  readonly last: number;
  readonly firstMarked: number;
  readonly lastMarked: number;
  /** Whether offending lines are left out. */
  readonly isCut: boolean;
}

function chooseLines(source: SourceText, location: Location, options: FrameOptions): ChosenLines {
  const { context = DEFAULT_CONTEXT, within } = options;
  const firstMarked = clamp(location.line, 1, source.lineCount);
  // A range that ends before the first column of a line does not touch that line.
  const endLine = location.endColumn <= 1 ? location.endLine - 1 : location.endLine;
  const lastOffending = clamp(endLine, firstMarked, source.lineCount);
  const lastMarked = Math.min(lastOffending, firstMarked + MAX_MARKED_LINES - 1);
  const isCut = lastMarked < lastOffending;
  const lowest = within === undefined ? 1 : Math.min(firstMarked, source.positionAt(within.start).line);
  const highest = within === undefined ? source.lineCount : lastLineOf(source, within);
  let first = Math.max(lowest, firstMarked - context);
  let last = isCut ? lastMarked : Math.max(lastMarked, Math.min(highest, source.lineCount, lastMarked + context));
  while (first < firstMarked && isBlankLine(source, first)) first++;
  while (last > lastMarked && isBlankLine(source, last)) last--;
  return { first, last, firstMarked, lastMarked, isCut };
}

/** The offsets of a line without its line break. Lines can be megabytes long, so they are not copied. */
function boundsOf(source: SourceText, line: number): Range {
  const start = source.offsetOfLine(line);
  let end = source.offsetOfLine(line + 1);
  while (end > start && (source.text[end - 1] === '\n' || source.text[end - 1] === '\r')) end--;
  return { start, end };
}

function isBlankLine(source: SourceText, line: number): boolean {
  const { start, end } = boundsOf(source, line);
  return end - start < HUGE_LINE && source.text.slice(start, end).trim() === '';
}

function lastLineOf(source: SourceText, { start, end }: Range): number {
  return source.positionAt(Math.max(start, end - 1)).line;
}

/** Zero-based, in UTF-16 units of the line. */
function rangeInLine(source: SourceText, location: Location, line: number): Range {
  const bounds = boundsOf(source, line);
  const length = bounds.end - bounds.start;
  // The end of a text that ends in a line break.
  if (line < location.line) return { start: length, end: length };
  const start = line === location.line ? clamp(location.column - 1, 0, length) : 0;
  const end = line === location.endLine ? clamp(location.endColumn - 1, start, length) : length;
  return { start, end };
}

interface ShownLine {
  readonly text: string;
  /** Zero-based column on the terminal. */
  readonly caretStart: number;
  readonly caretWidth: number;
}

/** What stands side by side on a line: a character, an escape, the columns of a tab, or a mask. */
interface Cell {
  readonly text: string;
  readonly width: number;
  /** In UTF-16 units of the line, end-exclusive. */
  readonly start: number;
  readonly end: number;
}

function showLine(
  source: SourceText,
  line: number,
  range: Range | undefined,
  mask: (shown: Range) => readonly Range[],
  width: number,
): ShownLine {
  const bounds = boundsOf(source, line);
  const around = range ?? { start: 0, end: 0 };
  // Only the characters near the range of a very long line are shown.
  const isHuge = bounds.end - bounds.start > HUGE_LINE;
  const place = bounds.start + around.start;
  const from = isHuge ? afterSurrogate(source.text, Math.max(bounds.start, place - 2 * width)) : bounds.start;
  const to = isHuge ? afterSurrogate(source.text, Math.min(bounds.end, place + 6 * width)) : bounds.end;
  const text = source.text.slice(from, to);
  const masks = masksWithin(mask({ start: from, end: to }), from, to);
  // Most lines are short and plain: a column for each character.
  if (!isHuge && masks.length === 0 && text.length < width && PLAIN_TEXT.test(text)) {
    return { text: text.trimEnd(), caretStart: around.start, caretWidth: Math.max(1, around.end - around.start) };
  }
  const cells = cellsOf(text, from - bounds.start, masks);
  const caret = columnsOf(cells, around);
  return cutCells(cells, caret, width, from > bounds.start, to < bounds.end);
}

/** The offset itself, or the one after the pair of surrogates that it would split. */
function afterSurrogate(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset;
}

/** Masks in a part of the source, merged and sorted, in offsets of that part. */
function masksWithin(mask: readonly Range[], from: number, to: number): Range[] {
  const inside = mask
    .filter(({ start, end }) => start < end && start < to && end > from)
    .map(({ start, end }) => ({ start: Math.max(0, start - from), end: Math.min(to, end) - from }))
    .toSorted((a, b) => a.start - b.start);
  const merged: { start: number; end: number }[] = [];
  for (const range of inside) {
    const before = merged.at(-1);
    if (before !== undefined && range.start <= before.end) before.end = Math.max(before.end, range.end);
    else merged.push(range);
  }
  return merged;
}

/** @param base where the text begins in its line */
function cellsOf(text: string, base: number, masks: readonly Range[]): Cell[] {
  const cells: Cell[] = [];
  let nextMask = 0;
  let column = 0;
  for (let at = 0; at < text.length;) {
    const masked = masks[nextMask];
    const isMasked = masked !== undefined && at >= masked.start;
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const end = isMasked ? masked.end : at + character.length;
    const shown = isMasked ? { text: MASK, width: MASK.length } : showCharacter(character, column);
    if (isMasked) nextMask++;
    // Not spread: there are thousands of cells where a file is one line.
    cells.push({ text: shown.text, width: shown.width, start: base + at, end: base + end });
    column += shown.width;
    at = end;
  }
  return cells;
}

function showCharacter(character: string, column: number): { text: string; width: number } {
  if (character === '\t') {
    const width = TAB_STOP - (column % TAB_STOP);
    return { text: ' '.repeat(width), width };
  }
  const code = character.charCodeAt(0);
  if (code >= 0x20 && code < 0x7f) return { text: character, width: 1 };
  const text = printable(character);
  return { text, width: text === character ? characterWidth(character) : displayWidth(text) };
}

/** The columns of a range of the line, end-exclusive; at least one wide. */
function columnsOf(cells: readonly Cell[], range: Range): Range {
  let column = 0;
  let start: number | undefined;
  let end = 0;
  for (const cell of cells) {
    if (cell.end > range.start && (cell.start < range.end || start === undefined)) {
      start ??= column;
      end = column + cell.width;
    }
    column += cell.width;
  }
  start ??= column;
  return { start, end: Math.max(start + 1, end) };
}

/** Cuts a line to a width so that the carets, or their beginning, can be seen. */
function cutCells(
  cells: readonly Cell[],
  caret: Range,
  width: number,
  isCutBefore: boolean,
  isCutAfter: boolean,
): ShownLine {
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  // The place after the last character can have a caret, too.
  const needed = Math.max(total, caret.end);
  const caretSpan = caret.end - caret.start;
  if (needed <= width && !isCutBefore && !isCutAfter) {
    const text = cells.map((cell) => cell.text).join('');
    return { text: text.trimEnd(), caretStart: caret.start, caretWidth: caretSpan };
  }
  // The beginning of a line says the most: it is kept as long as the beginning of the carets is in sight.
  const keepsStart = !isCutBefore && (caret.end < width || caret.start <= width / 2);
  const before = Math.max(2, Math.floor((width - Math.min(caretSpan, width)) / 2));
  const left = keepsStart ? 0 : Math.max(0, Math.min(caret.start - before, needed - width));
  const right = left + width;
  const head = left > 0 || isCutBefore ? ELLIPSIS : '';
  const tail = needed > right || isCutAfter ? ELLIPSIS : '';
  let text = head;
  let column = 0;
  for (const cell of cells) {
    const end = column + cell.width;
    if (column >= left + head.length && end <= right - tail.length) text += cell.text;
    // A wide character that is cut in two leaves a blank, so that columns stay true.
    else text += ' '.repeat(Math.max(0, Math.min(end, right - tail.length) - Math.max(column, left + head.length)));
    column = end;
  }
  const caretStart = clamp(caret.start - left, head.length, width - tail.length - 1);
  const caretEnd = clamp(caret.end - left, caretStart + 1, Math.max(caretStart + 1, width - tail.length));
  return { text: (text + tail).trimEnd(), caretStart, caretWidth: caretEnd - caretStart };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
