import type { Range } from '../../text/source.ts';
import { isSpace } from './unicode.ts';

/** The part of a stretch of text that Go's `strings.TrimSpace` leaves; an empty one is at the start. */
export function trimSpace(text: string, start = 0, end: number = text.length): Range {
  let from = start;
  let to = end;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  return from === to ? { start, end: start } : { start: from, end: to };
}
