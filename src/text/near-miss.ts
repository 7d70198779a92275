import { parityOf, WordsOfLength, type Candidate, type Word } from './words-of-length.ts';

/** Words shorter than this have too many neighbours: only their case may differ. */
const SHORTEST_WORD = 3;
/** Words up to this many letters may be one edit away, longer ones two. */
const SHORT_WORD = 5;

/** The most edits that any word may have. */
const MOST_EDITS = 2;

/**
 * The candidate that a mistyped name most likely means, for "did you mean".
 *
 * Edits are those of Damerau and Levenshtein: a letter inserted, left out, replaced, or swapped with its neighbour.
 * One edit is allowed in words of up to five letters (the shorter word counts), two in longer ones, none in words of
 * one or two. Case differences are free. Among equally near candidates the first in code-unit order is taken, so the
 * order of the candidates does not matter.
 *
 * Never returns the name itself, nor a name that differs by a number or a letter on purpose: `app-1` is not a
 * mistyped `app-2`, `secret-a` not a mistyped `secret-b`, `IPv4` not a mistyped `IPv6`.
 */
export function nearMiss(name: string, candidates: Iterable<string>): string | undefined {
  return new Candidates(candidates).nearest(name);
}

/** Candidates for many names: thousands of them may be asked for among thousands. */
export class Candidates {
  readonly #byText = new Map<string, Candidate[]>();
  readonly #byLength = new Map<number, WordsOfLength>();

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const candidate = { name, ...readWord(name) };
      const { text } = candidate;
      append(this.#byText, text, candidate);
      let ofLength = this.#byLength.get(text.length);
      if (ofLength === undefined) this.#byLength.set(text.length, (ofLength = new WordsOfLength()));
      ofLength.add(candidate);
    }
  }

  /** As `nearMiss`. */
  nearest(name: string): string | undefined {
    const word = readWord(name);
    const sameButCase = this.#byText.get(word.text)?.filter((candidate) => candidate.name !== name) ?? [];
    if (sameButCase.length > 0) return sameButCase.map((candidate) => candidate.name).toSorted()[0];
    const { length } = word.text;
    let best: string | undefined;
    let bestDistance = MOST_EDITS;
    for (let other = length - MOST_EDITS; other <= length + MOST_EDITS; other++) {
      const allowed = allowedEdits(Math.min(length, other));
      const difference = Math.abs(length - other);
      if (difference > allowed) continue;
      // An edit replaces a letter, which changes two parities, or changes the length and one.
      const flips = 2 * allowed - difference;
      this.#byLength.get(other)?.visitNear(word, allowed, flips, (candidate) => {
        const limit = Math.min(allowed, bestDistance);
        const distance = editDistance(word.text, candidate.text, limit);
        if (distance > limit) return;
        if (distance < bestDistance || best === undefined || candidate.name < best) best = candidate.name;
        bestDistance = distance;
      });
    }
    return best;
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A text without case, and which letters it has. */
function readWord(name: string): Word {
  const text = name.toLowerCase();
  let once = 0;
  let twice = 0;
  let parities = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const bit = 1 << (code & 31);
    parities ^= 1 << parityOf(code);
    twice |= once & bit;
    once |= bit;
  }
  return { text, once, twice, parities, unnumbered: withoutNumbers(text) };
}

function allowedEdits(length: number): number {
  if (length < SHORTEST_WORD) return 0;
  return length <= SHORT_WORD ? 1 : MOST_EDITS;
}

/** A word without digits and without parts of one letter, in which numbered words do not differ. */
function withoutNumbers(word: string): string {
  return word.replace(/(^|[-_.])([a-z]|\d+)(?=$|[-_.])/g, '').replace(/\d+/g, '');
}

/** The optimal string alignment distance, or a number above `limit` as soon as it is certain to exceed it. */
function editDistance(a: string, b: string, limit: number): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return distanceOfCore(a.slice(start, a.length - end), b.slice(start, b.length - end), limit);
}

function distanceOfCore(a: string, b: string, limit: number): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let edits = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) edits = Math.min(edits, at(beforePrevious, column - 2) + 1);
      current.push(edits);
      smallest = Math.min(smallest, edits);
    }
    if (smallest > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
