import { type Origin, type Segment, type Site, Taint } from '../value/origin.ts';
import { plainSegment, segmentLike } from '../value/tracked.ts';

/**
 * A text that was given to `tpl`. Reports cannot show a place in it, only the places that it was made from: those of its
 * characters that a template wrote, and the `tpl` call for the rest.
 */
export class TplText {
  /** The action that called `tpl`. */
  readonly call: Site | undefined;
  readonly #segments: readonly Segment[];
  /** The offset at which each segment begins. */
  readonly #starts: Uint32Array;

  constructor(text: string, origin: Origin, call: Site | undefined) {
    this.call = call;
    this.#segments = origin.segments ?? [plainSegment(text.length, origin.taint, true)];
    this.#starts = new Uint32Array(this.#segments.length);
    let at = 0;
    this.#segments.forEach((segment, index) => {
      this.#starts[index] = at;
      at += segment.length;
    });
  }

  /** Where the characters of a node came from, cut at its ends. */
  *pieces(start: number, end: number): Generator<Segment> {
    for (let index = this.#indexAt(start); index < this.#segments.length; index++) {
      const segment = this.#segments[index];
      const at = this.#starts[index] ?? 0;
      if (segment === undefined || at >= end) return;
      const from = Math.max(at, start);
      const length = Math.min(at + segment.length, end) - from;
      const offset = segment.offset === undefined ? undefined : segment.offset + (from - at);
      if (length > 0)
        yield segmentLike(segment, length, segment.site === undefined ? undefined : offset, segment.taint);
    }
  }

  /** The keys that the characters of a node came from. */
  taintOf(start: number, end: number): Taint {
    let taint = Taint.none;
    for (const piece of this.pieces(start, end)) taint = taint.with(piece.taint);
    return taint;
  }

  /** The template text or action that wrote the first character of a node. */
  siteOf(start: number): Site | undefined {
    return this.#segments[this.#indexAt(start)]?.site ?? this.call;
  }

  /** The last segment that begins at an offset or before it. */
  #indexAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
