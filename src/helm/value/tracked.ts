import { Int, GoList, GoMap, type Value } from './value.ts';
import { LimitError } from './limit-error.ts';
import type { ValuesKey } from './values-key.ts';
import { NO_ORIGIN, type Origin, type Segment, Taint } from './origin.ts';

/** A value and where it came from. */
export class Tracked<V extends Value = Value> {
  readonly value: V;
  readonly origin: Origin;

  constructor(value: V, origin: Origin = NO_ORIGIN) {
    this.value = value;
    this.origin = origin;
  }

  get taint(): Taint {
    return this.origin.taint;
  }
}

/** Whether a value is a text. */
export function holdsText(tracked: Tracked): tracked is Tracked<string> {
  return typeof tracked.value === 'string';
}

/** An entry of a map as a tracked value. What has no origin of its own has its container's. */
export function entryOf(map: Tracked<GoMap>, key: string): Tracked {
  const value = map.value.get(key);
  return inside(
    map,
    value,
    map.value.originOf(key) ?? (value === undefined ? missingOrigin(map.origin, key) : undefined),
  );
}

/** An item of a list as a tracked value. */
export function itemOf(list: Tracked<GoList>, index: number): Tracked {
  return inside(list, list.value.items[index], list.value.originOf(index));
}

/** Of what a map of the values does not hold: the key that would have to be added. */
export function missingOrigin({ key }: Origin, name: string): Origin | undefined {
  if (key === undefined) return undefined;
  const missing = key.missing(name);
  let origin = missingOrigins.get(missing);
  if (origin === undefined) {
    origin = Taint.of(missing).origin;
    missingOrigins.set(missing, origin);
  }
  return origin;
}

const missingOrigins = new WeakMap<ValuesKey, Origin>();

/** What was found in a container, with the keys that chose the container. */
export function inside({ origin }: Tracked, value: Value, own: Origin | undefined): Tracked {
  const found = new Tracked(value, own ?? origin.taint.origin);
  return origin.reach === undefined ? found : withTaint(found, origin.reach);
}

/** The taint of a value and of everything inside it. */
export function deepTaint({ value, origin }: Tracked): Taint {
  if (!(value instanceof GoMap || value instanceof GoList)) return origin.taint;
  const taints = new Set([origin.taint]);
  collectTaints(value, taints, new Set());
  return Taint.union(taints);
}

function collectTaints(value: Value, taints: Set<Taint>, seen: Set<Value>): void {
  if (!(value instanceof GoMap || value instanceof GoList) || seen.has(value)) return;
  seen.add(value);
  if (value instanceof GoMap) {
    for (const key of value.keys()) {
      const origin = value.originOf(key);
      if (origin !== undefined) taints.add(origin.taint);
      collectTaints(value.get(key), taints, seen);
    }
    return;
  }
  value.items.forEach((item, index) => {
    const origin = value.originOf(index);
    if (origin !== undefined) taints.add(origin.taint);
    collectTaints(item, taints, seen);
  });
}

/** The segments of a string, made up when it has one origin. */
export function segmentsOf(text: string, origin: Origin): readonly Segment[] {
  if (origin.segments !== undefined) return origin.segments;
  if (text === '' && origin.taint === Taint.none) return [];
  return [plainSegment(text.length, origin.taint, true)];
}

export function plainSegment(length: number, taint: Taint, isExact: boolean): Segment {
  return { length, taint, site: undefined, offset: undefined, condition: undefined, isExact };
}

/** A string that a function made of its inputs beyond tracing: it keeps the union of their keys. */
export function mixed(text: string, taint: Taint): Tracked<string> {
  if (taint === Taint.none) return new Tracked(text);
  return new Tracked(text, { taint, segments: [plainSegment(text.length, taint, false)] });
}

/** More than any chart prints; lists of the same list of the same list have no end. */
const MAX_PIECES = 4_000_000;

/** As long as all that a chart may print. */
const MAX_LENGTH = 64 * 2 ** 20;

type OwnSegment = { -readonly [Key in keyof Segment]: Segment[Key] };

/** A segment of other text with the place and the conditions of one. (A spread of the object would take many times as long.) */
export function segmentLike(
  { site, condition, isExact }: Segment,
  length: number,
  offset: number | undefined,
  taint: Taint,
): Segment {
  return { length, taint, site, offset, condition, isExact };
}

/**
 * Builds a string piece by piece and keeps where each piece came from. The one way to make a traced string:
 * a function that rearranges its inputs appends slices of them.
 */
export class TextBuilder {
  #text = '';
  readonly #segments: OwnSegment[] = [];
  /** The last segment, while it is the builder's own and `append` may lengthen it. */
  #open: OwnSegment | undefined;
  readonly #taints = new Set<Taint>();
  #isTraced = false;
  #pieces = 0;

  get length(): number {
    return this.#text.length;
  }

  get text(): string {
    return this.#text;
  }

  /** Appends text that has one origin, by default none: what a function adds of its own. */
  append(text: string, taint: Taint = Taint.none, isExact = true): this {
    if (text === '') return this;
    if (++this.#pieces > MAX_PIECES) throw new LimitError(`a text is made of more than ${MAX_PIECES} pieces`);
    this.appendText(text);
    if (taint !== Taint.none) {
      this.#isTraced = true;
      this.#taints.add(taint);
    }
    if (this.#open?.taint === taint && this.#open.isExact === isExact) {
      this.#open.length += text.length;
      return this;
    }
    this.#push(plainSegment(text.length, taint, isExact));
    this.#open = this.#segments.at(-1);
    return this;
  }

  /** Appends part of a traced string; offsets in UTF-16 units. */
  appendSlice(text: string, origin: Origin, start = 0, end: number = text.length): this {
    if (start >= end && text !== '') return this;
    // A key that gave no text had its part in that.
    if (text === '') for (const segment of segmentsOf(text, origin)) this.appendSegment(segment);
    else if (origin.segments === undefined) return this.append(text.slice(start, end), origin.taint);
    else {
      this.appendText(text.slice(start, end));
      for (const segment of sliceSegments(origin.segments, start, end)) this.appendSegment(segment);
    }
    return this;
  }

  /** Appends a segment whose text the caller appends by itself with `appendText`. */
  appendSegment(segment: Segment): void {
    this.#isTraced = true;
    this.#taints.add(segment.taint);
    this.#push(segment);
  }

  /** Appends only the characters; `appendSegment` must account for them. */
  appendText(text: string): void {
    this.#text += text;
    if (this.#text.length > MAX_LENGTH) throw new LimitError(`a text has more than ${MAX_LENGTH} characters`);
  }

  toTracked(): Tracked<string> {
    return new Tracked(this.#text, this.toOrigin());
  }

  toOrigin(): Origin {
    if (!this.#isTraced) return NO_ORIGIN;
    this.#open = undefined;
    const taint = this.#taints.size === 0 ? Taint.none : Taint.union(this.#taints);
    return { taint, segments: this.#segments };
  }

  #push(segment: Segment): void {
    this.#open = undefined;
    const last = this.#segments.at(-1);
    if (last !== undefined && continues(last, segment)) {
      this.#segments[this.#segments.length - 1] = segmentLike(
        last,
        last.length + segment.length,
        last.offset,
        last.taint,
      );
    } else this.#segments.push(segment);
  }
}

function continues(last: Segment, next: Segment): boolean {
  if (last.taint !== next.taint || last.site !== next.site || last.condition !== next.condition) return false;
  if (last.isExact !== next.isExact || last.length === 0 || next.length === 0) return false;
  return last.offset === undefined ? next.offset === undefined : next.offset === last.offset + last.length;
}

/** The segments between two offsets of their text. Choices that printed nothing stay when they are inside or at an end. */
export function sliceSegments(segments: readonly Segment[], start: number, end: number): Segment[] {
  const sliced: Segment[] = [];
  let at = 0;
  for (const segment of segments) {
    const segmentEnd = at + segment.length;
    if (at > end) break;
    if (segment.length === 0) {
      if (at >= start && at <= end) sliced.push(segment);
      continue;
    }
    const from = Math.max(at, start);
    const to = Math.min(segmentEnd, end);
    if (from < to) {
      const offset = segment.offset === undefined ? undefined : segment.offset + (from - at);
      sliced.push(from === at && to === segmentEnd ? segment : segmentLike(segment, to - from, offset, segment.taint));
    }
    at = segmentEnd;
  }
  return sliced;
}

/** A value that another value decided on too: the other's keys show in every segment of a string. */
export function withTaint<V extends Value>(tracked: Tracked<V>, taint: Taint): Tracked<V> {
  const { value, origin } = tracked;
  if (taint === Taint.none) return tracked;
  const wider = origin.taint.with(taint);
  const { written, key } = origin;
  if (value instanceof GoMap || value instanceof GoList) {
    const reach = origin.reach?.with(taint) ?? taint;
    return reach === origin.reach
      ? tracked
      : new Tracked(value, { taint: wider, segments: undefined, reach, written, key });
  }
  if (wider === origin.taint && origin.segments === undefined) return tracked;
  const segments = origin.segments?.map((segment) =>
    segmentLike(segment, segment.length, segment.offset, segment.taint.with(taint)),
  );
  if (segments === undefined && written === undefined) return new Tracked(value, wider.origin);
  return new Tracked(value, { taint: wider, segments, written });
}

/** A text that an encoder made of a value, at the place where the value stood in the text that it was read from. */
export function writtenText(text: string, { taint, written }: Origin): Tracked<string> {
  const segment = written?.value;
  if (segment === undefined) return new Tracked(text, taint.origin);
  return new Tracked(text, { taint, segments: [segmentLike(segment, text.length, segment.offset, taint)] });
}

/** A key of a map, at the place where it stood in such a text; else it belongs to what it names. */
export function writtenKey(key: string, { written }: Origin, taint: Taint): Tracked<string> {
  if (written?.key !== key || written.keySegments.length === 0) return new Tracked(key, taint.origin);
  const segments = written.keySegments;
  return new Tracked(key, { taint: Taint.union(segments.map((segment) => segment.taint)), segments });
}

/** A part of a traced string. */
export function sliceText(
  { value, origin }: Tracked<string>,
  start: number,
  end: number = value.length,
): Tracked<string> {
  return new TextBuilder().appendSlice(value, origin, start, end).toTracked();
}

/** An int64 of a JavaScript number or bigint. */
export function int64(value: bigint | number): Int {
  return new Int('int64', value);
}

/** An int of a JavaScript number or bigint. */
export function int(value: bigint | number): Int {
  return new Int('int', value);
}
