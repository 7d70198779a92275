/**
 * What all expressions together have taken so far, in steps of automatons: to make one takes some for each of its own, a
 * search one for each way that it tries at each character. Who bounds the work of a whole run looks at the difference.
 */
export const regexpWork = { steps: 0 };

/** Searching one text takes a few seconds at most. */
const MAX_STEPS = 30_000_000;

/** A search that was given up. It is a RangeError, as V8's own are of the stack and of texts. */
class RegexpWorkError extends RangeError {
  override readonly name = 'RegexpWorkError';
}

/** @throws RegexpWorkError when the searches in one text have taken too many steps */
export function refuseEndlessSearch(steps: number): void {
  if (steps <= MAX_STEPS) return;
  throw new RegexpWorkError('a regular expression takes too long for the length of the text');
}
