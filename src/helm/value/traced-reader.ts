import type { Origin, Segment } from './origin.ts';
import { Taint } from './origin.ts';
import { segmentLike, TextBuilder, type Tracked } from './tracked.ts';

/** A text in which some characters are replaced; `replace` gives undefined for those that stay. */
export function replaceCharacters(
  text: Tracked<string>,
  replace: (character: string) => string | undefined,
  builder: TextBuilder = new TextBuilder(),
): TextBuilder {
  if (text.value === '') return builder.appendSlice(text.value, text.origin);
  const reader = TracedReader.of(text);
  let at = 0;
  for (const character of text.value) {
    const replacement = replace(character);
    if (replacement !== undefined) {
      reader.copyTo(at, builder);
      reader.replaceTo(at + character.length, replacement, builder);
    }
    at += character.length;
  }
  reader.copyTo(at, builder);
  return builder;
}

/**
 * Goes through a traced string from its beginning to its end and writes what becomes of it, in time linear in both.
 * (Slicing a string at each of its offsets instead would look through all its segments each time.)
 */
export class TracedReader {
  readonly #text: string;
  readonly #taint: Taint;
  readonly #segments: readonly Segment[] | undefined;
  #position = 0;
  /** The segment that the position is in, and how much of it is behind the position. */
  #index = 0;
  #used = 0;

  constructor(text: string, { taint, segments }: Origin) {
    this.#text = text;
    this.#taint = taint;
    this.#segments = segments;
  }

  static of({ value, origin }: Tracked<string>): TracedReader {
    return new TracedReader(value, origin);
  }

  /** Writes the characters up to an offset as they are. */
  copyTo(end: number, builder: TextBuilder): void {
    const text = this.#text.slice(this.#position, end);
    if (this.#segments === undefined) builder.append(text, this.#taint);
    else {
      for (const segment of this.#take(end)) builder.appendSegment(segment);
      builder.appendText(text);
    }
    this.#position = end;
  }

  /** Writes a text that stands for the characters up to an offset: an escape, a folded line break. */
  replaceTo(end: number, replacement: string, builder: TextBuilder): void {
    const parts = this.#segments === undefined ? [] : this.#take(end);
    this.#position = end;
    const [first] = parts;
    if (first === undefined) builder.append(replacement, this.#taint);
    else if (replacement !== '') {
      const taint = parts.length === 1 ? first.taint : Taint.union(parts.map((part) => part.taint));
      builder.appendText(replacement);
      builder.appendSegment(segmentLike(first, replacement.length, undefined, taint));
    }
  }

  /** The keys behind the characters up to an offset, which are passed over. */
  skipTo(end: number): Taint {
    const parts = this.#segments === undefined ? [] : this.#take(end);
    this.#position = end;
    return this.#segments === undefined ? this.#taint : Taint.union(parts.map((part) => part.taint));
  }

  /** The segments up to an offset, with the choices at it that printed nothing. */
  #take(end: number): Segment[] {
    const parts: Segment[] = [];
    let missing = end - this.#position;
    for (; this.#index < (this.#segments?.length ?? 0); this.#index++, this.#used = 0) {
      const segment = this.#segments?.[this.#index];
      if (segment === undefined || (missing === 0 && segment.length > 0)) break;
      const used = this.#used;
      const length = Math.min(segment.length - used, missing);
      const offset = segment.offset === undefined ? undefined : segment.offset + used;
      if (length > 0 || segment.length === 0) {
        parts.push(length === segment.length ? segment : segmentLike(segment, length, offset, segment.taint));
      }
      missing -= length;
      if (used + length < segment.length) {
        this.#used = used + length;
        break;
      }
    }
    return parts;
  }
}
