import { WordsByDeletions } from './words-by-deletions.ts';
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

/** From so many names among so many candidates on, tables that take a while to make are worth it. */
const MANY_NAMES = 100;
const MANY_CANDIDATES = 2000;

/** Candidates for many names: thousands of them may be asked for among thousands. */
export class Candidates {
  readonly #all: Candidate[] = [];
  readonly #byText = new Map<string, Candidate[]>();
  readonly #byLength = new Map<number, WordsOfLength>();
  /** For one edit, and for two; undefined where there would be too much of it. */
  readonly #byDeletions = new Map<number, WordsByDeletions | undefined>();
  #asked = 0;

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const candidate = { name, ...readWord(name) };
      const { text } = candidate;
      this.#all.push(candidate);
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
    this.#asked += 1;
    const isLarge = this.#asked >= MANY_NAMES && this.#all.length >= MANY_CANDIDATES;
    return (isLarge ? this.#nearestWithin(word, 1) : undefined) ?? this.#nearestWithin(word, MOST_EDITS, isLarge);
  }

  #nearestWithin(word: Word, edits: number, isLarge = true): string | undefined {
    let best: string | undefined;
    let bestDistance = edits;
    const visit = (candidate: Candidate): void => {
      const allowed = allowedEdits(Math.min(word.text.length, candidate.text.length));
      const limit = Math.min(allowed, bestDistance);
      const distance = editDistance(word.text, candidate.text, limit);
      if (distance > limit) return;
      if (distance < bestDistance || best === undefined || candidate.name < best) best = candidate.name;
      bestDistance = distance;
    };
    const table = isLarge ? this.#tableFor(edits) : undefined;
    if (table === undefined) this.#visitByLength(word, edits, visit);
    else table.visitNear(word, visit);
    return best;
  }

  #tableFor(edits: number): WordsByDeletions | undefined {
    if (!this.#byDeletions.has(edits)) this.#byDeletions.set(edits, WordsByDeletions.of(this.#all, edits));
    return this.#byDeletions.get(edits);
  }

  #visitByLength(word: Word, edits: number, visit: (candidate: Candidate) => void): void {
    const { length } = word.text;
    for (let other = length - edits; other <= length + edits; other++) {
      const allowed = Math.min(edits, allowedEdits(Math.min(length, other)));
      const difference = Math.abs(length - other);
      if (difference > allowed) continue;
      // An edit replaces a letter, which changes two parities, or changes the length and one.
      this.#byLength.get(other)?.visitNear(word, allowed, 2 * allowed - difference, visit);
    }
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

/** The optimal string alignment distance of at most two, or a number above `limit` where it is more than that. */
function editDistance(a: string, b: string, limit: number): number {
  for (let edits = 0; edits <= limit; edits++) if (isWithin(a, b, 0, 0, edits)) return edits;
  return limit + 1;
}

/** Whether so many edits make one text of the other, from a place in each on. */
function isWithin(a: string, b: string, fromA: number, fromB: number, edits: number): boolean {
  let [i, j] = [fromA, fromB];
  while (i < a.length && j < b.length && a.charCodeAt(i) === b.charCodeAt(j)) {
    i += 1;
    j += 1;
  }
  const [restA, restB] = [a.length - i, b.length - j];
  if (restA === 0 || restB === 0) return restA + restB <= edits;
  if (edits === 0 || Math.abs(restA - restB) > edits) return false;
  // Letters that are the same are left as they are; an edit is needed where they first differ.
  const isSwap = a.charCodeAt(i) === b.charCodeAt(j + 1) && a.charCodeAt(i + 1) === b.charCodeAt(j);
  return (
    isWithin(a, b, i + 1, j + 1, edits - 1) ||
    isWithin(a, b, i, j + 1, edits - 1) ||
    isWithin(a, b, i + 1, j, edits - 1) ||
    (isSwap && isWithin(a, b, i + 2, j + 2, edits - 1))
  );
}
