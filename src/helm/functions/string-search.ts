import type { Taint } from '../value/origin.ts';
import { NO_ORIGIN } from '../value/origin.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { plainSegment, TextBuilder, Tracked, withTaint } from '../value/tracked.ts';
import { checkTextLength } from './bounds.ts';
import { type HelmFunction, plain, traced } from '../value/function.ts';
import { question } from './question.ts';

/** Functions that look for one text in another. */
export const searchFunctions: Readonly<Record<string, HelmFunction>> = {
  contains: asksForTemplate(
    question(
      plain(['string', 'string'], (part, text) => text.includes(part)),
      'yes',
    ),
  ),
  hasPrefix: question(
    plain(['string', 'string'], (prefix, text) => text.startsWith(prefix)),
    'yes',
  ),
  hasSuffix: question(
    plain(['string', 'string'], (suffix, text) => text.endsWith(suffix)),
    'yes',
  ),
  replace: traced(['string', 'string', 'string'], (_call, old, replacement, text) => {
    return replaceAll(text, old.value, replacement, old.taint);
  }),
};

/**
 * `contains "{{"` is asked before `tpl`, to save time: the text that `tpl` makes of one without it is the same. So the
 * answer changes nothing.
 */
function asksForTemplate(contains: HelmFunction): HelmFunction {
  return {
    ...contains,
    call(call, args) {
      const answer = contains.call(call, args);
      return args[0]?.value === '{{' ? new Tracked(answer.value) : answer;
    },
  };
}

/**
 * Replaces every occurrence of a pattern. What is kept keeps its origin; a replacement has that of itself, and the keys
 * of what it stands for and of the pattern.
 */
function replaceAll(
  text: Tracked<string>,
  pattern: string,
  replacement: Tracked<string>,
  patternTaint: Taint,
): Tracked<string> {
  const { value, origin } = text;
  const places = [...occurrences(value, pattern)];
  if (places.length === 0) return text;
  checkTextLength(value.length + places.length * (replacement.value.length - pattern.length));
  const hasOneOrigin = origin.segments === undefined && patternTaint === NO_ORIGIN.taint;
  if (hasOneOrigin && replacement.origin === NO_ORIGIN) {
    const pieces = pattern === '' ? ['', ...value, ''] : value.split(pattern);
    return new Tracked(pieces.join(replacement.value), origin);
  }
  const builder = new TextBuilder();
  const reader = TracedReader.of(text);
  for (const place of places) {
    reader.copyTo(place, builder);
    const taint = reader.skipTo(place + pattern.length).with(patternTaint);
    const placed = withTaint(replacement, taint);
    if (placed.value !== '') builder.appendSlice(placed.value, placed.origin);
    else if (placed.taint !== NO_ORIGIN.taint) builder.appendSegment(plainSegment(0, placed.taint, true));
  }
  reader.copyTo(value.length, builder);
  return builder.toTracked();
}

/** Where a pattern occurs, occurrences not overlapping; an empty one is before each character and at the end. */
function* occurrences(text: string, pattern: string): Generator<number> {
  if (pattern !== '') {
    const { length } = pattern;
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + length)) yield at;
    return;
  }
  let at = 0;
  for (const character of text) {
    yield at;
    at += character.length;
  }
  yield at;
}
