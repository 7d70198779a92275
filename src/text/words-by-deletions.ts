import type { Candidate } from './words-of-length.ts';

/** Entries of a table, of six bytes each: those of 36,000 words of 30 letters without two of them. */
const MOST_ENTRIES = 1 << 24;

/** Of the hash of a text, a polynomial of its letters. */
const BASE = 0x01000193;

/**
 * Thousands of words by what is left of them without one or two of their letters. Words that are as many edits apart, each
 * of which inserts, leaves out, replaces or swaps letters, have such a rest in common, and few others do: so a word is
 * compared with few, however many there are.
 */
export class WordsByDeletions {
  /** Those that differ in numbers alone are side by side. */
  readonly #words: readonly Candidate[];
  /** Words that differ in numbers alone have the same. */
  readonly #groups: Int32Array;
  readonly #groupOf = new Map<string, number>();
  readonly #rests: Rests;
  /** Where the entries of each slot start. */
  readonly #starts: Int32Array;
  /** Indices of words, slot by slot, and in their order. */
  readonly #entries: Int32Array;
  /** Of the hash of each entry, what its slot does not say. */
  readonly #marks: Uint16Array;
  readonly #shift: number;
  /** The last search that visited each word. */
  readonly #visits: Int32Array;
  #searches = 0;

  /** Undefined for words that are too many and too long. @param edits one or two */
  static of(words: readonly Candidate[], edits: number): WordsByDeletions | undefined {
    const count = words.reduce(
      (sum, { text: { length } }) => sum + 1 + length * (edits === 1 ? 1 : (length + 1) / 2),
      0,
    );
    return count > MOST_ENTRIES ? undefined : new WordsByDeletions(words, edits, count);
  }

  private constructor(words: readonly Candidate[], edits: number, count: number) {
    for (const { unnumbered } of words) {
      if (!this.#groupOf.has(unnumbered)) this.#groupOf.set(unnumbered, this.#groupOf.size);
    }
    const groupOf = ({ unnumbered }: Candidate): number => this.#groupOf.get(unnumbered) ?? -1;
    this.#words = words.toSorted((a, b) => groupOf(a) - groupOf(b));
    this.#groups = Int32Array.from(this.#words, groupOf);
    this.#visits = new Int32Array(words.length);
    const longest = words.reduce((most, { text }) => Math.max(most, text.length), 0);
    this.#rests = new Rests(edits, longest + edits);
    const bits = 33 - Math.clz32(count);
    this.#shift = 32 - bits;
    // The ends of the slots first, from which the entries are filled in backwards.
    this.#starts = new Int32Array((1 << bits) + 1);
    for (const { text } of words) {
      for (const hash of this.#rests.of(text)) add(this.#starts, this.#slotOf(hash), 1);
    }
    for (let slot = 1; slot <= 1 << bits; slot++) add(this.#starts, slot, this.#starts[slot - 1] ?? 0);
    this.#entries = new Int32Array(count);
    this.#marks = new Uint16Array(count);
    for (let index = words.length - 1; index >= 0; index--) {
      for (const hash of this.#rests.of(this.#words[index]?.text ?? '')) {
        const entry = add(this.#starts, this.#slotOf(hash), -1);
        this.#entries[entry] = index;
        this.#marks[entry] = hash;
      }
    }
  }

  /** Visits the words that may be so many edits from a word, but not those that differ from it in numbers alone. */
  visitNear({ text, unnumbered }: Pick<Candidate, 'text' | 'unnumbered'>, visit: (candidate: Candidate) => void): void {
    const group = this.#groupOf.get(unnumbered) ?? -1;
    const search = ++this.#searches;
    for (const hash of this.#rests.of(text)) {
      const slot = this.#slotOf(hash);
      const end = this.#starts[slot + 1] ?? 0;
      for (let entry = this.#starts[slot] ?? 0; entry < end; entry++) {
        if (this.#marks[entry] !== (hash & 0xffff)) continue;
        const index = this.#entries[entry] ?? 0;
        if (this.#groups[index] === group) entry = this.#lastOfGroup(group, entry, end);
        else if (this.#visits[index] !== search) {
          this.#visits[index] = search;
          const candidate = this.#words[index];
          if (candidate !== undefined) visit(candidate);
        }
      }
    }
  }

  #slotOf(hash: number): number {
    return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> this.#shift;
  }

  /** The last entry of a group, from one of it on and before another: a slot can have thousands. */
  #lastOfGroup(group: number, from: number, end: number): number {
    let [low, high] = [from, end - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#groups[this.#entries[middle] ?? 0] === group) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Adds to one number of many, and gives the sum. */
function add(numbers: Int32Array, index: number, amount: number): number {
  const sum = (numbers[index] ?? 0) + amount;
  numbers[index] = sum;
  return sum;
}

/** What is left of words without some letters, as hashes. */
class Rests {
  readonly #deletions: number;
  readonly #longest: number;
  readonly #powers: Int32Array;
  /** The hashes of the beginnings of the word at hand. */
  readonly #heads: Int32Array;
  readonly #hashes: Int32Array;

  /** @param longest letters that a word may have; longer ones have no rests */
  constructor(deletions: number, longest: number) {
    this.#deletions = deletions;
    this.#longest = longest;
    this.#powers = new Int32Array(longest + 1).fill(1);
    this.#heads = new Int32Array(longest + 1);
    this.#hashes = new Int32Array(1 + (longest * (longest + 1)) / 2);
    for (let index = 1; index <= longest; index++) {
      this.#powers[index] = Math.imul(this.#powers[index - 1] ?? 0, BASE);
    }
  }

  /** The hash of a text, of the text without each letter, and without each two; to be read before the next. */
  of(text: string): Int32Array {
    const { length } = text;
    const hashes = this.#hashes;
    if (length > this.#longest) return hashes.subarray(0, 0);
    for (let index = 0; index < length; index++) {
      this.#heads[index + 1] = Math.imul(this.#heads[index] ?? 0, BASE) + text.charCodeAt(index) + 1;
    }
    let count = 0;
    hashes[count++] = this.#heads[length] ?? 0;
    for (let first = 0; first < length; first++) {
      const head = this.#heads[first] ?? 0;
      hashes[count++] = this.#join(head, first + 1, length);
      if (this.#deletions === 1) continue;
      for (let second = first + 1; second < length; second++) {
        hashes[count++] = this.#join(this.#join(head, first + 1, second), second + 1, length);
      }
    }
    return hashes.subarray(0, count);
  }

  /** The hash of a text that goes on with the letters from one place to another. */
  #join(hash: number, from: number, to: number): number {
    const power = this.#powers[to - from] ?? 0;
    return (Math.imul(hash, power) + (this.#heads[to] ?? 0) - Math.imul(this.#heads[from] ?? 0, power)) | 0;
  }
}
