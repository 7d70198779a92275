import { Taint } from '../value/origin.ts';
import { segmentLike, TextBuilder, type Tracked } from '../value/tracked.ts';

const NO_VALUE = '<no value>';

/** A file's output without Go's `<no value>`, wherever it came from; what printed it is kept as a choice of nothing. */
export function withoutNoValue(text: Tracked<string>): Tracked<string> {
  const { value, origin } = text;
  let found = value.indexOf(NO_VALUE);
  if (found === -1) return text;
  const builder = new TextBuilder();
  if (origin.segments === undefined) return builder.append(value.replaceAll(NO_VALUE, ''), origin.taint).toTracked();
  builder.appendText(value.replaceAll(NO_VALUE, ''));
  let start = 0;
  for (const segment of origin.segments) {
    const end = start + segment.length;
    if (segment.length === 0) builder.appendSegment(segment);
    let at = start;
    while (at < end) {
      while (found !== -1 && found + NO_VALUE.length <= at) found = value.indexOf(NO_VALUE, found + NO_VALUE.length);
      const isRemoved = found !== -1 && found <= at;
      const to = Math.min(end, nextBoundary(found, isRemoved, end));
      const offset = segment.offset === undefined ? undefined : segment.offset + (at - start);
      if (!isRemoved)
        builder.appendSegment(
          at === start && to === end ? segment : segmentLike(segment, to - at, offset, segment.taint),
        );
      else if (segment.taint !== Taint.none) builder.appendSegment(segmentLike(segment, 0, offset, segment.taint));
      at = to;
    }
    start = end;
  }
  return builder.toTracked();
}

function nextBoundary(found: number, isRemoved: boolean, end: number): number {
  if (found === -1) return end;
  return isRemoved ? found + NO_VALUE.length : found;
}
