import type { Range } from '../../text/source.ts';

/** What must not be shown of a text. Asked for a part of the text only, since most of a text is never shown. */
export interface Redaction {
  /** The ranges to mask that touch the text from one offset to another; they may reach further. */
  within(from: number, to: number): Range[];
}

/** Whether the name of a key says that its value is a secret. */
export type IsSecret = (name: string) => boolean;

/** The ranges that touch a part of the text. The ranges are sorted and do not overlap. */
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

/** Ranges of a part of a text as ranges of the whole. */
export function shift(ranges: readonly Range[], by: number): Range[] {
  return ranges.map(({ start, end }) => ({ start: start + by, end: end + by }));
}

/** A redaction of a part of a text, asked and answered in offsets of the whole. */
export function shifted(redaction: Redaction, by: number): Redaction {
  return { within: (from, to) => shift(redaction.within(from - by, to - by), by) };
}
