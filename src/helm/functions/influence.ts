import { type Origin, Taint } from '../value/origin.ts';
import { mixed, segmentsOf, sliceSegments, TextBuilder, type Tracked } from '../value/tracked.ts';
import type { TrackedParameter } from '../value/function.ts';

/** Appends part of a text that is there because of other keys too; offsets in UTF-16 units. */
export function appendInfluenced(
  builder: TextBuilder,
  { value, origin }: TrackedParameter<'string'>,
  start: number,
  end: number,
  taint: Taint,
): void {
  if (taint === Taint.none) {
    if (start < end) builder.appendSlice(value, origin, start, end);
    return;
  }
  if (start >= end) return;
  builder.appendText(value.slice(start, end));
  for (const segment of sliceSegments(segmentsOf(value, origin), start, end)) {
    const merged = segment.taint.with(taint);
    builder.appendSegment(merged === segment.taint ? segment : { ...segment, taint: merged, isExact: false });
  }
}

/** Part of a text that is there because of other keys too. When it is empty, it still keeps the keys of them all. */
export function influencedSlice(
  text: TrackedParameter<'string'>,
  start: number,
  end: number,
  taint: Taint,
): Tracked<string> {
  const builder = new TextBuilder();
  appendInfluenced(builder, text, start, end, taint);
  return finishText(builder, text.taint.with(taint));
}

/** What a builder has built, or the empty text with the keys that made it empty. */
export function finishText(builder: TextBuilder, taint: Taint): Tracked<string> {
  return builder.text === '' ? mixed('', taint) : builder.toTracked();
}

/** The keys that had a part in a range of a text. */
export function taintWithin({ segments, taint }: Origin, start: number, end: number): Taint {
  if (segments === undefined) return taint;
  return Taint.union(sliceSegments(segments, start, end).map((segment) => segment.taint));
}
