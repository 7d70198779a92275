import { nearMiss } from '../text/near-miss.ts';

/** ` Did you mean "x"?`, with the space before it; empty when nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = nearMiss(name, candidates);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** `a principle`, `an ignore`. */
export function withArticle(noun: string): string {
  const word = noun.toLowerCase();
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}
