import { taintBetween } from '../value/decision.ts';
import { GoList, GoMap, type Value } from '../value/value.ts';
import { type Condition, type Origin, OWN_ORIGIN, type Segment, Taint, type Written } from '../value/origin.ts';
import { plainSegment, segmentLike } from '../value/tracked.ts';
import { segmentsOfScalar } from './decoded-scalar.ts';
import { SegmentIndex } from './segment-index.ts';
import type { Tracked } from '../value/tracked.ts';
import type { Range } from '../../text/source.ts';
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
    ofEntry({ key, start, end, value }) {
      // An alias stands for something further up.
      const isBehind = value.start >= end && !isFull(value);
      const origin = originOf(text.value, value, index, index.taintOf(start, isBehind ? value.start : end));
      if (!index.hasPlaces) return origin;
      return withPlace(origin, new WrittenEntry(text.value, index, key, { start, end }, value));
    },
    ofItem(item) {
      const origin = originOf(text.value, item, index, Taint.none);
      return index.hasPlaces ? withPlace(origin, new WrittenEntry(text.value, index, undefined, item, item)) : origin;
    },
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
function originOf(text: string, node: Node, index: SegmentIndex, more: Taint): Origin {
  const taint = isFull(node) ? more : index.taintOf(node.start, node.end).with(more);
  const whole = taint === Taint.none ? OWN_ORIGIN : taint.origin;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return whole;
  const segments = segmentsOfScalar(text, node, node.value, index);
  if (segments === undefined) return whole;
  const inner = Taint.union(segments.map((segment) => segment.taint));
  // What the key's own characters came from shows in a choice that printed nothing.
  return { taint, segments: inner.with(more) === inner ? segments : [plainSegment(0, more, true), ...segments] };
}

/** Most entries are only read: the stretches are looked up when one is written again. */
class WrittenEntry implements Written {
  readonly key: string | undefined;
  readonly #text: string;
  readonly #index: SegmentIndex;
  readonly #range: Range;
  readonly #node: Node;

  constructor(text: string, index: SegmentIndex, key: string | undefined, range: Range, node: Node) {
    this.key = key;
    this.#text = text;
    this.#index = index;
    this.#range = range;
    this.#node = node;
  }

  /** The characters of a key; of one that is written otherwise, or of an item, where it begins. */
  get keySegments(): readonly Segment[] {
    const { key } = this;
    const { start, end } = this.#range;
    if (key !== undefined) {
      if (this.#text.slice(start, end) === key) return this.#index.slice(start, end);
      if (this.#text.slice(start + 1, end - 1) === key) return this.#index.slice(start + 1, end - 1);
    }
    const place = this.#index.placeWithin(this.#range);
    return place === undefined ? [] : [segmentLike(place, key?.length ?? 1, place.offset, place.taint)];
  }

  get value(): Segment | undefined {
    return isFull(this.#node) ? undefined : this.#index.placeWithin(this.#node);
  }
}

function withPlace({ taint, segments }: Origin, written: Written | undefined): Origin {
  return { taint, segments, written };
}

function isFull(node: Node): boolean {
  if (node.kind === 'scalar') return false;
  return (node.kind === 'mapping' ? node.entries : node.items).length > 0;
}
