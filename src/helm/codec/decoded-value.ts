import { GoList, GoMap, type Value } from '../go/value.ts';
import { type Origin, type Segment, Taint } from '../origin.ts';
import { plainSegment, sliceSegments } from '../tracked.ts';
import type { Tracked } from '../tracked.ts';
import type { Entry, Node } from './yaml/node.ts';

/** Says where the parts of a decoded document came from. */
export interface DecodedOrigins {
  ofEntry(entry: Entry): Origin | undefined;
  ofItem(item: Node): Origin | undefined;
}

/** A decoded document as Go's `interface {}` holds it: every number is a float64. Each alias is a value of its own. */
export function toGoValue(node: Node, origins: DecodedOrigins): Value {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence': {
      const items = node.items.map((item) => toGoValue(item, origins));
      return new GoList(
        items,
        '[]interface {}',
        node.items.map((item) => origins.ofItem(item)),
      );
    }
    case 'mapping': {
      const map = new GoMap();
      for (const entry of node.entries) map.set(entry.key, toGoValue(entry.value, origins), origins.ofEntry(entry));
      return map;
    }
  }
}

/** Of a document in a traced text: each part has the keys of its own stretch of the text. */
export function originsInText(text: Tracked<string>): DecodedOrigins {
  const { segments, taint } = text.origin;
  if (segments === undefined) {
    const origin = taint === Taint.none ? undefined : taint.origin;
    return { ofEntry: () => origin, ofItem: () => origin };
  }
  const index = new SegmentIndex(segments);
  return {
    ofEntry({ start, end, value }) {
      const isBehind = value.start >= end;
      const keyTaint = isBehind ? Taint.none : index.taintOf(start, end);
      return originOf(text.value, value, index, isBehind ? start : value.start, keyTaint);
    },
    ofItem: (item) => originOf(text.value, item, index, item.start, Taint.none),
  };
}

/** Of a string that stands in the text as it is, character by character. */
function originOf(text: string, node: Node, index: SegmentIndex, start: number, more: Taint): Origin | undefined {
  const taint = index.taintOf(start, node.end).with(more);
  if (taint === Taint.none) return undefined;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return taint.origin;
  const from = node.style === 'quoted' ? node.start + 1 : node.start;
  const to = node.style === 'quoted' ? node.end - 1 : node.end;
  if (text.slice(from, to) !== node.value) return taint.origin;
  const segments = index.slice(from, to);
  const inner = Taint.union(segments.map((segment) => segment.taint));
  // What the key's own characters came from shows in a choice that printed nothing.
  return { taint, segments: inner.with(taint) === inner ? segments : [plainSegment(0, taint, true), ...segments] };
}

/** The segments of a text, to be found by offset. */
class SegmentIndex {
  readonly #segments: readonly Segment[];
  readonly #starts: Int32Array;

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
    let start = 0;
    this.#starts = Int32Array.from(segments, ({ length }) => (start += length) - length);
  }

  taintOf(start: number, end: number): Taint {
    return Taint.union(this.slice(start, end).map((segment) => segment.taint));
  }

  slice(start: number, end: number): readonly Segment[] {
    const first = this.#lowest(start, true);
    const last = this.#lowest(end, false);
    const near = this.#segments.slice(first, last);
    const offset = this.#starts[first] ?? 0;
    return sliceSegments(near, start - offset, end - offset);
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
