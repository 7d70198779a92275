import { byteLength, toBytes } from '../value/bytes.ts';
import { NO_ORIGIN, type Segment, Taint } from '../value/origin.ts';
import { segmentLike, sliceText, TextBuilder, Tracked } from '../value/tracked.ts';

/** A part of a text, in UTF-16 offsets. Of nothing left, the keys of the whole remain: they could have left something. */
export function cutText(text: Tracked<string>, start: number, end: number = text.value.length): Tracked<string> {
  if (start === 0 && end === text.value.length) return text;
  if (start >= end) return new Tracked('', text.taint.origin);
  return text.origin === NO_ORIGIN ? new Tracked(text.value.slice(start, end)) : sliceText(text, start, end);
}

/** As `cutText`, of a text whose ends were looked at: what was cut off could have been something that stays. */
export function trimText(text: Tracked<string>, start: number, end: number = text.value.length): Tracked<string> {
  const kept = cutText(text, start, end);
  const { segments } = text.origin;
  if (segments === undefined || kept === text || kept.value === '') return kept;
  const builder = new TextBuilder();
  const before: Segment[] = [];
  const behind: Segment[] = [];
  let at = 0;
  for (const segment of segments) {
    const marker = segmentLike(segment, 0, undefined, segment.taint);
    const isMarked = segment.length === 0 || segment.taint !== Taint.none;
    if (isMarked && at < start) before.push(marker);
    at += segment.length;
    if (isMarked && at > end) behind.push(marker);
  }
  for (const marker of before) builder.appendSegment(marker);
  builder.appendSlice(kept.value, kept.origin);
  for (const marker of behind) builder.appendSegment(marker);
  return builder.toTracked();
}

/** A part of a text, in offsets of bytes: Go's `text[start:end]`. Half a character becomes the bytes it has there. */
export function cutBytes(text: Tracked<string>, start: number, end: number): Tracked<string> {
  const { value, origin } = text;
  if (byteLength(value) === value.length) return cutText(text, start, end);
  const from = characterAt(value, start);
  const to = characterAt(value, end);
  if (from.isExact && to.isExact) return cutText(text, from.offset, to.offset);
  const builder = new TextBuilder();
  const isWithin = !from.isExact && from.offset === to.offset;
  const head = from.isExact ? '' : bytesOf(from, isWithin ? end : from.start + from.length, start);
  builder.append(head, cutText(text, from.offset, from.next).taint);
  if (!isWithin) builder.appendSlice(value, origin, from.isExact ? from.offset : from.next, to.offset);
  if (!isWithin && !to.isExact) builder.append(bytesOf(to, end, to.start), cutText(text, to.offset, to.next).taint);
  return builder.toTracked();
}

/** The character of a text that holds a byte. */
interface CharacterPlace {
  readonly character: string;
  /** Where it begins in UTF-16 units, and where the next one does. */
  readonly offset: number;
  readonly next: number;
  /** Where it begins in bytes, and how many it has. */
  readonly start: number;
  readonly length: number;
  /** Whether it begins at the byte that was asked for. */
  readonly isExact: boolean;
}

function characterAt(text: string, byte: number): CharacterPlace {
  let start = 0;
  let offset = 0;
  for (const character of text) {
    const length = utf8Length(character);
    if (start + length > byte) {
      return { character, offset, next: offset + character.length, start, length, isExact: start === byte };
    }
    start += length;
    offset += character.length;
  }
  return { character: '', offset, next: offset, start, length: 0, isExact: true };
}

function utf8Length(character: string): number {
  if (character.length === 2) return 4;
  const code = character.charCodeAt(0);
  if (code < 0x80 || (code >= 0xdc80 && code <= 0xdcff)) return 1;
  return code < 0x800 ? 2 : 3;
}

/** The bytes of a character up to one offset and from another, each as the surrogate that stands for it. */
function bytesOf({ character, start }: CharacterPlace, end: number, from: number): string {
  const bytes = toBytes(character).subarray(from - start, end - start);
  return Array.from(bytes, (byte) => String.fromCharCode(0xdc00 + byte)).join('');
}
