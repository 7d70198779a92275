/** Words shorter than this have too many neighbours: only their case may differ. */
const SHORTEST_WORD = 3;
/** Words up to this many letters may be one edit away, longer ones two. */
const SHORT_WORD = 5;

/**
 * The candidate that a mistyped name most likely means, for "did you mean".
 *
 * Edits are those of Damerau and Levenshtein: a letter inserted, left out, replaced, or swapped with its neighbour.
 * One edit is allowed in words of up to five letters (the shorter word counts), two in longer ones, none in words of
 * one or two. Case differences are free. Among equally near candidates the first in code-unit order is taken, so the
 * order of the candidates does not matter.
 *
 * Never returns the name itself, nor a name that is told apart by a number or a letter on purpose: `app-1` is not a
 * mistyped `app-2`, `secret-a` not a mistyped `secret-b`, `IPv4` not a mistyped `IPv6`.
 */
export function nearMiss(name: string, candidates: Iterable<string>): string | undefined {
  const word = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const other = candidate.toLowerCase();
    const limit = Math.min(allowedEdits(Math.min(word.length, other.length)), bestDistance);
    const distance = editDistance(word, other, limit);
    if (distance > limit || (distance > 0 && isNumbered(word, other))) continue;
    if (distance < bestDistance || best === undefined || candidate < best) best = candidate;
    bestDistance = distance;
  }
  return best;
}

function allowedEdits(length: number): number {
  if (length < SHORTEST_WORD) return 0;
  return length <= SHORT_WORD ? 1 : 2;
}

/** Whether two words differ only in digits or in parts of one letter. */
function isNumbered(a: string, b: string): boolean {
  return withoutNumbers(a) === withoutNumbers(b);
}

function withoutNumbers(word: string): string {
  return word.replace(/(^|[-_.])([a-z]|\d+)(?=$|[-_.])/g, '').replace(/\d+/g, '');
}

/** The optimal string alignment distance, or a number above `limit` as soon as it is certain to exceed it. */
function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
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
