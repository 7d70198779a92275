import type { Range } from '../../text/source.ts';

/** What must not be shown of a text. Asked for a part of the text only, since most of a text is never shown. */
export interface Redaction {
  /** The ranges to mask that touch the text from one offset to another; they may reach further. */
  within(from: number, to: number): Range[];
}

/** Ranges of a part of a text as ranges of the whole. */
export function shift(ranges: readonly Range[], by: number): Range[] {
  return ranges.map(({ start, end }) => ({ start: start + by, end: end + by }));
}

/** A redaction of a part of a text, asked and answered in offsets of the whole. */
export function shifted(redaction: Redaction, by: number): Redaction {
  return { within: (from, to) => shift(redaction.within(from - by, to - by), by) };
}
