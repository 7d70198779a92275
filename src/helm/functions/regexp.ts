import { canBackquote, quoteGo } from '../go/quote.ts';
import { quoteMeta, Re2 } from '../../re2/re2.ts';
import { RegexpError } from '../../re2/node.ts';
import { GoList } from '../value/value.ts';
import { TextBuilder, Tracked } from '../value/tracked.ts';
import { FunctionError, type HelmFunction, plain, traced, type TrackedParameter } from '../value/function.ts';
import { finishText, influencedSlice } from './influence.ts';
import { question } from './question.ts';
import { replaceMatches } from './regexp-replace.ts';

type Text = TrackedParameter<'string'>;

/** Patterns of a chart are few and are used in loops. In steps of their automatons, of which each takes some 100 bytes. */
const MAX_COMPILED = 500_000;
const compiled = new Map<string, Re2>();
let compiledSize = 0;

/** Sprig's functions over regular expressions. `mustX` returns the error of a bad pattern where `x` panics with it. */
export const regexpFunctions: Readonly<Record<string, HelmFunction>> = {
  regexMatch: question(
    plain(['string', 'string'], (pattern, text) => {
      try {
        return compile(pattern).find(text) !== undefined;
      } catch (error) {
        if (error instanceof RegexpError) return false;
        throw error;
      }
    }),
    'yes',
  ),
  mustRegexMatch: question(
    plain(['string', 'string'], (pattern, text) => compileOrFail(pattern).find(text) !== undefined),
    'yes',
  ),
  regexFind: traced(['string', 'string'], (_call, pattern, text) => find(compileOrPanic, pattern, text)),
  mustRegexFind: traced(['string', 'string'], (_call, pattern, text) => find(compileOrFail, pattern, text)),
  regexFindAll: traced(['string', 'string', 'int'], (_call, ...args) => findAll(compileOrPanic, ...args)),
  mustRegexFindAll: traced(['string', 'string', 'int'], (_call, ...args) => findAll(compileOrFail, ...args)),
  regexSplit: traced(['string', 'string', 'int'], (_call, ...args) => splitByRegexp(compileOrPanic, ...args)),
  mustRegexSplit: traced(['string', 'string', 'int'], (_call, ...args) => splitByRegexp(compileOrFail, ...args)),
  regexReplaceAll: traced(['string', 'string', 'string'], (_call, pattern, text, replacement) =>
    replaceMatches(compileOrPanic(pattern.value), pattern.taint, text, replacement, true),
  ),
  mustRegexReplaceAll: traced(['string', 'string', 'string'], (_call, pattern, text, replacement) =>
    replaceMatches(compileOrFail(pattern.value), pattern.taint, text, replacement, true),
  ),
  regexReplaceAllLiteral: traced(['string', 'string', 'string'], (_call, pattern, text, replacement) =>
    replaceMatches(compileOrPanic(pattern.value), pattern.taint, text, replacement, false),
  ),
  mustRegexReplaceAllLiteral: traced(['string', 'string', 'string'], (_call, pattern, text, replacement) =>
    replaceMatches(compileOrFail(pattern.value), pattern.taint, text, replacement, false),
  ),
  regexQuoteMeta: traced(['string'], (_call, text) => {
    const builder = new TextBuilder();
    let at = 0;
    for (const match of text.value.matchAll(/[\\.+*?()|[\]{}^$]/g)) {
      builder.appendSlice(text.value, text.origin, at, match.index);
      builder.append(quoteMeta(match[0]).slice(0, 1));
      at = match.index;
    }
    if (at < text.value.length) builder.appendSlice(text.value, text.origin, at);
    return finishText(builder, text.taint);
  }),
};

function compile(pattern: string): Re2 {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const fresh = new Re2(pattern);
  compiledSize += fresh.size + pattern.length;
  if (compiledSize > MAX_COMPILED) {
    compiled.clear();
    compiledSize = fresh.size + pattern.length;
  }
  compiled.set(pattern, fresh);
  return fresh;
}

function compileOrFail(pattern: string): Re2 {
  try {
    return compile(pattern);
  } catch (error) {
    throw error instanceof RegexpError ? new FunctionError(error.message) : error;
  }
}

function compileOrPanic(pattern: string): Re2 {
  try {
    return compile(pattern);
  } catch (error) {
    if (!(error instanceof RegexpError)) throw error;
    const quoted = canBackquote(pattern) ? `\`${pattern}\`` : quoteGo(pattern);
    throw new FunctionError(`regexp: Compile(${quoted}): ${error.message}`);
  }
}

function find(compileWith: (pattern: string) => Re2, pattern: Text, text: Text): Tracked<string> {
  const [start = 0, end = 0] = compileWith(pattern.value).find(text.value) ?? [];
  return influencedSlice(text, start, end, pattern.taint);
}

function findAll(
  compileWith: (pattern: string) => Re2,
  pattern: Text,
  text: Text,
  limit: TrackedParameter<'int'>,
): Tracked {
  const taint = pattern.taint.with(limit.taint);
  const items: Tracked<string>[] = [];
  const regexp = compileWith(pattern.value);
  if (limit.value !== 0) {
    for (const [start = 0, end = 0] of regexp.findAll(text.value)) {
      items.push(influencedSlice(text, start, end, taint));
      if (items.length === limit.value) break;
    }
  }
  return stringList(items, items.length === 0, text, taint);
}

function splitByRegexp(
  compileWith: (pattern: string) => Re2,
  pattern: Text,
  text: Text,
  limit: TrackedParameter<'int'>,
): Tracked {
  const taint = pattern.taint.with(limit.taint);
  const regexp = compileWith(pattern.value);
  if (limit.value === 0) return stringList([], true, text, taint);
  if (pattern.value !== '' && text.value === '') {
    return stringList([influencedSlice(text, 0, 0, taint)], false, text, taint);
  }
  const items: Tracked<string>[] = [];
  let begin = 0;
  let lastStart = 0;
  for (const [start = 0, end = 0] of regexp.findAll(text.value)) {
    if (limit.value > 0 && items.length >= limit.value - 1) break;
    lastStart = start;
    if (end !== 0) items.push(influencedSlice(text, begin, start, taint));
    begin = end;
  }
  if (lastStart !== text.value.length) items.push(influencedSlice(text, begin, text.value.length, taint));
  return stringList(items, false, text, taint);
}

function stringList(items: readonly Tracked<string>[], isNil: boolean, text: Text, taint: Text['taint']): Tracked {
  const values = items.map((item) => item.value);
  const origins = items.map((item) => item.origin);
  return new Tracked(new GoList(values, '[]string', origins, isNil), text.taint.with(taint).origin);
}
