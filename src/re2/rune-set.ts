/** Part of a character class. It is matched whole before it is negated, as RE2 does it. */
export interface RuneItem {
  /** Pairs of first and last character; undefined for a Unicode property. */
  readonly ranges: readonly number[] | undefined;
  /** A property as JavaScript names it (`Script=Greek`); undefined for ranges. */
  readonly property: string | undefined;
  readonly isNegated: boolean;
  /** Whether what differs only in case matches too. */
  readonly isFolded: boolean;
}

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/** A set of characters: of a class, an escape such as `\d`, or one letter whatever its case. */
export class RuneSet {
  readonly #items: readonly RuneItem[];
  readonly #isNegated: boolean;
  /** What is known of ASCII. */
  readonly #ascii = new Uint8Array(128);
  readonly #others = new Map<number, boolean>();
  readonly #patterns = new Map<RuneItem, RegExp>();

  constructor(items: readonly RuneItem[], isNegated: boolean) {
    this.#items = items;
    this.#isNegated = isNegated;
  }

  has(rune: number): boolean {
    if (rune >= 128) {
      let known = this.#others.get(rune);
      if (known === undefined) this.#others.set(rune, (known = this.#find(rune)));
      return known;
    }
    if (this.#ascii[rune] === UNKNOWN) this.#ascii[rune] = this.#find(rune) ? YES : NO;
    return this.#ascii[rune] === YES;
  }

  #find(rune: number): boolean {
    return this.#items.some((item) => this.#isIn(item, rune) !== item.isNegated) !== this.#isNegated;
  }

  #isIn(item: RuneItem, rune: number): boolean {
    const { ranges } = item;
    if (ranges !== undefined) {
      for (let index = 0; index < ranges.length; index += 2) {
        if (rune >= (ranges[index] ?? 0) && rune <= (ranges[index + 1] ?? 0)) return true;
      }
      if (!item.isFolded) return false;
    }
    let pattern = this.#patterns.get(item);
    if (pattern === undefined) this.#patterns.set(item, (pattern = patternOf(item)));
    return pattern.test(String.fromCodePoint(rune));
  }
}

/** JavaScript folds case under `iu` as Go does: by Unicode's simple case folding. */
function patternOf({ ranges = [], property, isFolded }: RuneItem): RegExp {
  let body = property === undefined ? '' : `\\p{${property}}`;
  for (let index = 0; index < ranges.length; index += 2) {
    body += `\\u{${(ranges[index] ?? 0).toString(16)}}-\\u{${(ranges[index + 1] ?? 0).toString(16)}}`;
  }
  return new RegExp(`^[${body}]$`, isFolded ? 'iu' : 'u');
}
