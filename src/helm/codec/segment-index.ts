import type { Range } from '../../text/source.ts';
import { taintBetween } from '../value/decision.ts';
import { type Condition, isApart, type Segment, Taint } from '../value/origin.ts';
import { segmentLike, sliceSegments } from '../value/tracked.ts';

/** The segments of a text, to be found by offset. */
export class SegmentIndex {
  readonly #segments: readonly Segment[];
  readonly #starts: Int32Array;
  readonly #outer: Condition | undefined;

  constructor(segments: readonly Segment[], outer: Condition | undefined) {
    this.#segments = segments;
    this.#outer = outer;
    let hasPlaces = false;
    let start = 0;
    this.#starts = new Int32Array(segments.length);
    segments.forEach(({ length, site }, index) => {
      this.#starts[index] = start;
      start += length;
      hasPlaces ||= site !== undefined;
    });
    this.hasPlaces = hasPlaces;
  }

  /** Whether a template wrote any of it: else the text came from the values alone, or nothing is traced. */
  readonly hasPlaces: boolean;

  /** The keys of a stretch, and of the conditions in which it was written. */
  taintOf(start: number, end: number): Taint {
    let union: Taint = Taint.none;
    for (let at = this.#lowest(start, true); at < this.#segments.length; at++) {
      const segment = this.#segments[at];
      const from = this.#starts[at] ?? 0;
      if (segment === undefined || from > end || (from === end && segment.length > 0)) break;
      // What ends where the stretch begins has no part in it, unless it is a choice that printed nothing.
      if ((from + segment.length === start && segment.length > 0) || isApart(segment)) continue;
      union = union.with(segment.taint);
      if (segment.condition !== this.#outer) union = union.with(taintBetween(segment.condition, this.#outer));
    }
    return union;
  }

  slice(start: number, end: number): readonly Segment[] {
    const first = this.#lowest(start, true);
    const last = this.#lowest(end, false);
    const near = this.#segments.slice(first, last);
    const offset = this.#starts[first] ?? 0;
    return sliceSegments(near, start - offset, end - offset);
  }

  /** Where a stretch begins to be written by a template: one character of it. */
  placeWithin({ start, end }: Range): Segment | undefined {
    for (let at = this.#lowest(start, true); at < this.#segments.length; at++) {
      const segment = this.#segments[at];
      const segmentStart = this.#starts[at] ?? 0;
      if (segment === undefined || segmentStart >= Math.max(end, start + 1)) return undefined;
      if (segment.site === undefined || segmentStart + segment.length <= start) continue;
      const skipped = Math.max(0, start - segmentStart);
      const offset = segment.offset === undefined ? undefined : segment.offset + skipped;
      return segmentLike(segment, 1, offset, segment.taint);
    }
    return undefined;
  }

  /** The segment that an offset is in, or that begins behind it. */
  #lowest(offset: number, isStart: boolean): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const start = this.#starts[middle] ?? 0;
      const end = start + (this.#segments[middle]?.length ?? 0);
      if (isStart ? end < offset : start <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
