/** A text without case, and which letters it has, as bits. */
export interface Word {
  readonly text: string;
  /** Letters that it has at least once. */
  readonly once: number;
  /** Letters that it has at least twice. */
  readonly twice: number;
  /** Letters that it has an odd number of times, see `parityOf`. */
  readonly parities: number;
  /** The text without its numbers. */
  readonly unnumbered: string;
}

export interface Candidate extends Word {
  readonly name: string;
}

const PARITIES = 16;

/** So many are compared one by one sooner than their parities are looked up: at most four of 16 differ in 1941 ways. */
const FEW = 2000;

/** The bit of a letter, of 16: digits and a to f, which names end in that are made by machines, have one each. */
export function parityOf(code: number): number {
  return (code < A ? code - ZERO : code - A + 10) & (PARITIES - 1);
}

const ZERO = 48;
const A = 97;

/**
 * Words of one length, found by the parities of their letters. Words that are few edits apart differ in few parities, so
 * that of thousands of words only some are compared.
 */
export class WordsOfLength {
  readonly #candidates: Candidate[] = [];
  readonly #numberOf = new Map<string, number>();
  #table: Table | undefined;

  add(candidate: Candidate): void {
    this.#candidates.push(candidate);
    const { unnumbered } = candidate;
    if (!this.#numberOf.has(unnumbered)) this.#numberOf.set(unnumbered, this.#numberOf.size);
    this.#table = undefined;
  }

  /**
   * Visits the words that may be so many edits from a word, but not those that differ from it in numbers alone.
   * @param flips how many parities such words may differ in
   */
  visitNear(word: Word, edits: number, flips: number, visit: (candidate: Candidate) => void): void {
    const table = (this.#table ??= tabulate(this.#candidates, this.#numberOf));
    const unnumbered = this.#numberOf.get(word.unnumbered) ?? -1;
    const visitFrom = (start: number, end: number): void => {
      for (let index = start; index < end; index++) {
        if (table.unnumbered[index] === unnumbered) continue;
        const once = table.once[index] ?? 0;
        const twice = table.twice[index] ?? 0;
        // Each edit takes one letter away at most, and brings one at most.
        if (countBits(word.once & ~once) + countBits(word.twice & ~twice) > edits) continue;
        if (countBits(once & ~word.once) + countBits(twice & ~word.twice) > edits) continue;
        const candidate = table.candidates[index];
        if (candidate !== undefined) visit(candidate);
      }
    };
    if (table.starts === undefined) {
      visitFrom(0, table.candidates.length);
      return;
    }
    for (const mask of masksOf(flips)) {
      const parities = word.parities ^ mask;
      const start = table.starts[parities] ?? 0;
      const end = table.starts[parities + 1] ?? 0;
      if (start < end) visitFrom(start, end);
    }
  }
}

/** What is compared of words, side by side; in the order of their parities. */
interface Table {
  readonly candidates: readonly Candidate[];
  readonly once: Int32Array;
  readonly twice: Int32Array;
  readonly unnumbered: Int32Array;
  /** Where the words of some parities start; undefined where words are so few that all are compared. */
  readonly starts: Int32Array | undefined;
}

function tabulate(unordered: readonly Candidate[], numberOf: ReadonlyMap<string, number>): Table {
  const isLarge = unordered.length > FEW;
  const candidates = isLarge ? unordered.toSorted((a, b) => a.parities - b.parities) : unordered;
  return {
    candidates,
    once: Int32Array.from(candidates, ({ once }) => once),
    twice: Int32Array.from(candidates, ({ twice }) => twice),
    unnumbered: Int32Array.from(candidates, ({ unnumbered }) => numberOf.get(unnumbered) ?? -1),
    starts: isLarge ? startsOf(candidates) : undefined,
  };
}

function startsOf(candidates: readonly Candidate[]): Int32Array {
  const starts = new Int32Array((1 << PARITIES) + 1).fill(candidates.length);
  let from = 0;
  for (const [index, { parities }] of candidates.entries()) {
    if (from <= parities) starts.fill(index, from, parities + 1);
    from = parities + 1;
  }
  return starts;
}

const masks = new Map<number, Uint32Array>();

/** All combinations of at most so many parities, as bits. A change of length decides whether their number is even. */
function masksOf(flips: number): Uint32Array {
  let found = masks.get(flips);
  if (found === undefined) {
    const all = Array.from({ length: 1 << PARITIES }, (_, mask) => mask);
    found = Uint32Array.from(all.filter((mask) => countBits(mask) <= flips && countBits(mask) % 2 === flips % 2));
    masks.set(flips, found);
  }
  return found;
}

/** Of 32, side by side: in pairs, in fours, in eights, and their sum. */
function countBits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
