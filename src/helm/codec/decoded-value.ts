import { taintBetween } from '../value/decision.ts';
import { GoList, GoMap, type Value } from '../value/value.ts';
import { type Condition, type Origin, OWN_ORIGIN, type Segment, Taint } from '../value/origin.ts';
import { plainSegment, sliceSegments } from '../value/tracked.ts';
import type { Tracked } from '../value/tracked.ts';
import type { Entry, Node } from '../../yaml/node.ts';

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

/**
 * Of a document in a traced text: each part has the keys of its own stretch of the text, and of the conditions in which
 * that was written.
 * @param outer the condition in which the text is decoded
 */
export function originsInText(text: Tracked<string>, outer?: Condition): DecodedOrigins {
  const { segments, taint } = text.origin;
  if (segments === undefined) {
    const origin = taint === Taint.none ? undefined : taint.origin;
    return { ofEntry: () => origin, ofItem: () => origin };
  }
  const index = new SegmentIndex(segments, outer);
  return {
    ofEntry({ start, end, value }) {
      // An alias stands for something further up.
      const isBehind = value.start >= end && !isFull(value);
      return originOf(text.value, value, index, index.taintOf(start, isBehind ? value.start : end));
    },
    ofItem: (item) => originOf(text.value, item, index, Taint.none),
  };
}

/**
 * Where a text as a whole comes in: its conditions could have let other parts through. Another text inside of a part
 * would not have made another part.
 */
export function originOfDocument({ origin }: Tracked<string>, outer: Condition | undefined): Origin {
  const { segments, taint } = origin;
  if (segments === undefined) return taint.asChoice.origin;
  const conditions = new Set(segments.map(({ condition }) => condition));
  const deciding = Taint.union(Array.from(conditions, (condition) => taintBetween(condition, outer)));
  return taint.asChoice.with(deciding).origin;
}

/** A string that is in the text as it is keeps its segments; a map or list that is not empty has its items' keys. */
function originOf(text: string, node: Node, index: SegmentIndex, more: Taint): Origin | undefined {
  const taint = isFull(node) ? more : index.taintOf(node.start, node.end).with(more);
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return taint === Taint.none ? OWN_ORIGIN : taint.origin;
  const from = node.style === 'quoted' ? node.start + 1 : node.start;
  const to = node.style === 'quoted' ? node.end - 1 : node.end;
  if (text.slice(from, to) !== node.value) return taint === Taint.none ? OWN_ORIGIN : taint.origin;
  const segments = index.slice(from, to);
  const inner = Taint.union(segments.map((segment) => segment.taint));
  // What the key's own characters came from shows in a choice that printed nothing.
  return { taint, segments: inner.with(more) === inner ? segments : [plainSegment(0, more, true), ...segments] };
}

function isFull(node: Node): boolean {
  if (node.kind === 'scalar') return false;
  return (node.kind === 'mapping' ? node.entries : node.items).length > 0;
}

/** The segments of a text, to be found by offset. */
class SegmentIndex {
  readonly #segments: readonly Segment[];
  readonly #starts: Int32Array;

  readonly #outer: Condition | undefined;

  constructor(segments: readonly Segment[], outer: Condition | undefined) {
    this.#segments = segments;
    this.#outer = outer;
    let start = 0;
    this.#starts = Int32Array.from(segments, ({ length }) => (start += length) - length);
  }

  taintOf(start: number, end: number): Taint {
    const segments = this.slice(start, end);
    return Taint.union(segments.map(({ taint, condition }) => taint.with(taintBetween(condition, this.#outer))));
  }

  slice(start: number, end: number): readonly Segment[] {
    const first = this.#lowest(start, true);
    const last = this.#lowest(end, false);
    const near = this.#segments.slice(first, last);
    const offset = this.#starts[first] ?? 0;
    return sliceSegments(near, start - offset, end - offset);
  }

  /** The segment that an offset is in, or that begins after it. */
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
