import type { Range } from './source.ts';

/** The ranges that touch a part of a text. The ranges are sorted and do not overlap. */
export function* touching<T extends Range>(ranges: readonly T[], from: number, to: number): Generator<T> {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.end ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < ranges.length; index++) {
    const range = ranges[index];
    if (range === undefined || range.start >= to) return;
    yield range;
  }
}
