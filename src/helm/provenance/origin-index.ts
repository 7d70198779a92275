import type { Range } from '../../text/source.ts';
import { type Condition, isApart, type Origin, type Segment, type Site } from '../value/origin.ts';
import type { ValuesKey } from '../value/values-key.ts';

/** What is known of a stretch of rendered text. */
export interface TextOrigin {
  /** The template text or action that wrote the first character that is not blank. */
  readonly place: TemplatePlace | undefined;
  /** The values keys that fed it, without repetition, in the order of the text. */
  readonly keys: readonly ValuesKey[];
  /** The values keys that decided: of the `if`, `with` and `range` around it, and of choices inside of it. */
  readonly conditions: readonly ValuesKey[];
  /** Whether chance or the clock had a part in it. */
  readonly isRandom: boolean;
  /** Whether the answer of a cluster, which APIs it serves, had a part in it or in what is around it. */
  readonly asksCluster: boolean;
}

/** A place in a template, and how sure it is. */
export interface TemplatePlace {
  readonly site: Site;
  /** Zero-based offsets in the template: of the very characters, or of the action that printed them. */
  readonly range: Range;
  readonly isExact: boolean;
}

/** Answers where stretches of one rendered text came from. */
export class OriginIndex {
  readonly #text: string;
  readonly #segments: readonly Segment[];
  /** The offset at which each segment begins. */
  readonly #starts: Uint32Array;

  constructor(text: string, origin: Origin) {
    this.#text = text;
    this.#segments = origin.segments ?? [];
    this.#starts = new Uint32Array(this.#segments.length);
    let at = 0;
    this.#segments.forEach((segment, index) => {
      this.#starts[index] = at;
      at += segment.length;
    });
  }

  /** The origin of the text between two offsets. */
  originOf({ start, end }: Range): TextOrigin {
    const keys = new KeyCollector();
    const conditions = new KeyCollector();
    let isRandom = false;
    let asksCluster = false;
    let place: TemplatePlace | undefined;
    let last: Condition | undefined;
    for (let index = this.#firstAt(start); index < this.#segments.length; index++) {
      const segment = this.#segments[index];
      const at = this.#starts[index] ?? 0;
      if (segment === undefined || at > end || (at === end && segment.length > 0)) break;
      if (isApart(segment)) continue;
      const { taint, condition } = segment;
      isRandom ||= taint.isRandom;
      asksCluster ||= taint.asksCluster;
      keys.add(taint.keys);
      conditions.add(taint.choices);
      if (condition !== last) {
        for (let around = condition; around !== undefined; around = around.outer) {
          conditions.add(around.taint.choices);
          asksCluster ||= around.taint.asksCluster;
        }
        last = condition;
      }
      place ??= this.#placeIn(segment, at, start, end);
    }
    return { place, keys: keys.list, conditions: conditions.list, isRandom, asksCluster };
  }

  #placeIn(segment: Segment, at: number, start: number, end: number): TemplatePlace | undefined {
    const { site, offset, isExact } = segment;
    if (site === undefined) return undefined;
    const from = Math.max(at, start);
    const to = Math.min(at + segment.length, end);
    const first = this.#firstVisible(from, to);
    if (first >= to) return undefined;
    if (offset === undefined) return { site, range: site, isExact };
    return { site, range: { start: offset + (first - at), end: offset + (to - at) }, isExact: true };
  }

  /** Indentation has no origin: the line begins at its first character that is not blank. */
  #firstVisible(start: number, end: number): number {
    let at = start;
    while (at < end && isWhiteSpace(this.#text.charCodeAt(at))) at++;
    return at;
  }

  /** The first segment that reaches beyond an offset, or that marks a choice there. */
  #firstAt(offset: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const end = (this.#starts[middle] ?? 0) + (this.#segments[middle]?.length ?? 0);
      if (end > offset || (end === offset && this.#segments[middle]?.length === 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Keys in the order in which they came, each once. Most stretches have none, or few. */
class KeyCollector {
  list: readonly ValuesKey[] = NO_KEYS;
  #set: Set<ValuesKey> | undefined;

  add(keys: readonly ValuesKey[]): void {
    if (keys.length === 0 || keys === this.list) return;
    if (this.list.length === 0) {
      this.list = keys;
      return;
    }
    this.#set ??= new Set(this.list);
    const before = this.#set.size;
    for (const key of keys) this.#set.add(key);
    if (this.#set.size > before) this.list = [...this.#set];
  }
}

const NO_KEYS: readonly ValuesKey[] = [];
