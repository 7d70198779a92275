import type { ScalarNode } from '../../yaml/node.ts';
import { type Segment, Taint } from '../value/origin.ts';
import { plainSegment, segmentLike } from '../value/tracked.ts';
import type { SegmentIndex } from './segment-index.ts';

/** What wrote the characters of a string of a document; undefined when its lines are folded. */
export function segmentsOfScalar(
  text: string,
  node: ScalarNode,
  value: string,
  index: SegmentIndex,
): readonly Segment[] | undefined {
  const { start, end, style } = node;
  if (style === 'block') return segmentsOfBlock(text, node, value, index);
  const from = style === 'quoted' ? start + 1 : start;
  const to = style === 'quoted' ? end - 1 : end;
  if (text.slice(from, to) === value) return index.slice(from, to);
  return style === 'quoted' ? segmentsOfQuoted(text, from, to, value, index) : undefined;
}

/** The lines of a literal block without their indentation. */
function segmentsOfBlock(
  text: string,
  { start, end }: ScalarNode,
  value: string,
  index: SegmentIndex,
): Segment[] | undefined {
  const segments: Segment[] = [];
  let at = text.indexOf('\n', start) + 1;
  for (let from = 0; from < value.length;) {
    const to = endOfLine(value, from, value.length);
    const next = endOfLine(text, at, end);
    const line = contentOf(value, from, to);
    const content = contentOf(text, at, next);
    if (at >= end || !content.endsWith(line)) return undefined;
    const begin = at + content.length - line.length;
    pushPadded(segments, index.slice(begin, Math.min(begin + to - from, end)), to - from);
    from = to;
    at = next;
  }
  return segments;
}

function endOfLine(text: string, start: number, end: number): number {
  const lineBreak = text.indexOf('\n', start);
  return lineBreak === -1 || lineBreak >= end ? end : lineBreak + 1;
}

function contentOf(text: string, start: number, end: number): string {
  return text.slice(start, text[end - 1] === '\n' ? end - 1 : end);
}

/** A last line break may be one that the document does not have. */
function pushPadded(segments: Segment[], kept: readonly Segment[], length: number): void {
  const found = kept.reduce((sum, segment) => sum + segment.length, 0);
  segments.push(...kept);
  if (found < length) segments.push(plainSegment(length - found, Taint.none, true));
}

/** A quoted string on one line: an escape stands for what it means. */
function segmentsOfQuoted(
  text: string,
  start: number,
  end: number,
  value: string,
  index: SegmentIndex,
): Segment[] | undefined {
  const isDouble = text[start - 1] === '"';
  const segments: Segment[] = [];
  let copied = start;
  let length = 0;
  for (let at = start; at < end;) {
    const size = isDouble ? escapeSize(text, at) : text.startsWith("''", at) ? 2 : 0;
    if (size === 0) {
      if (text[at] !== value[length] || text[at] === '\n') return undefined;
      at++;
      length++;
      continue;
    }
    if (at > copied) segments.push(...index.slice(copied, at));
    const units = text[at + 1] === 'U' && (value.codePointAt(length) ?? 0) > 0xffff ? 2 : 1;
    const first = index.slice(at, at + size).find((segment) => segment.length > 0);
    if (first !== undefined) segments.push(segmentLike(first, units, undefined, first.taint));
    at += size;
    length += units;
    copied = at;
  }
  if (end > copied) segments.push(...index.slice(copied, end));
  return length === value.length ? segments : undefined;
}

/** How long an escape at an offset is; 0 when there is none. */
function escapeSize(text: string, at: number): number {
  if (text[at] !== '\\') return 0;
  switch (text[at + 1]) {
    case 'x':
      return 4;
    case 'u':
      return 6;
    case 'U':
      return 10;
    default:
      return 2;
  }
}
