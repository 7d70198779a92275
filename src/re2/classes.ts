import { type Read, readEscape, readRune } from './escapes.ts';
import { perlGroup, posixGroup, unicodeProperty } from './groups.ts';
import { RegexpError } from './node.ts';
import { type RuneItem, RuneSet } from './rune-set.ts';

/** Reads `\d`, `\W` or `\p{…}`; undefined when the escape at the offset is none of them. */
export function readGroup(text: string, at: number, isFolded: boolean): Read<RuneItem> | undefined {
  const letter = text[at + 1] ?? '';
  if (text[at] !== '\\' || letter === '') return undefined;
  const isUpper = letter !== letter.toLowerCase();
  const ranges = perlGroup(letter.toLowerCase());
  if (ranges !== undefined) {
    return { value: { ranges, property: undefined, isNegated: isUpper, isFolded }, next: at + 2 };
  }
  if (letter !== 'p' && letter !== 'P') return undefined;
  return readProperty(text, at, isUpper, isFolded);
}

function readProperty(text: string, at: number, isUpper: boolean, isFolded: boolean): Read<RuneItem> | undefined {
  if (at + 2 >= text.length) throw new RegexpError('invalid character class range', text.slice(at));
  let next = readRune(text, at + 2).next;
  let name = text.slice(at + 2, next);
  if (name === '{') {
    const end = text.indexOf('}', at);
    if (end < 0) throw new RegexpError('invalid character class range', text.slice(at));
    name = text.slice(at + 3, end);
    next = end + 1;
  }
  const isInverse = name.startsWith('^');
  const property = unicodeProperty(isInverse ? name.slice(1) : name);
  if (property === undefined) throw new RegexpError('invalid character class range', text.slice(at, next));
  return { value: { ranges: undefined, property, isNegated: isUpper !== isInverse, isFolded }, next };
}

/** Reads a class in brackets; the offset is that of `[`. */
export function readClass(text: string, start: number, isFolded: boolean): Read<RuneSet> {
  let at = start + 1;
  const isNegated = text[at] === '^';
  if (isNegated) at++;
  const items: RuneItem[] = [];
  const ranges: number[] = [];
  for (let isFirst = true; isFirst || text[at] !== ']'; isFirst = false) {
    const group = readPosixGroup(text, at, isFolded) ?? readGroup(text, at, isFolded);
    if (group !== undefined) {
      items.push(group.value);
      at = group.next;
      continue;
    }
    const range = readRange(text, at, start);
    ranges.push(...range.value);
    at = range.next;
  }
  if (ranges.length > 0) items.push({ ranges, property: undefined, isNegated: false, isFolded });
  return { value: new RuneSet(items, isNegated), next: at + 1 };
}

function readPosixGroup(text: string, at: number, isFolded: boolean): Read<RuneItem> | undefined {
  if (!text.startsWith('[:', at)) return undefined;
  const end = text.indexOf(':]', at + 2);
  if (end < 0) return undefined;
  const isNegated = text[at + 2] === '^';
  const ranges = posixGroup(text.slice(at + (isNegated ? 3 : 2), end));
  if (ranges === undefined) throw new RegexpError('invalid character class range', text.slice(at, end + 2));
  return { value: { ranges, property: undefined, isNegated, isFolded }, next: end + 2 };
}

function readRange(text: string, at: number, classStart: number): Read<readonly [number, number]> {
  const low = readClassRune(text, at, classStart);
  const hasHigh = text[low.next] === '-' && low.next + 1 < text.length && text[low.next + 1] !== ']';
  if (!hasHigh) return { value: [low.value, low.value], next: low.next };
  const high = readClassRune(text, low.next + 1, classStart);
  if (high.value < low.value) throw new RegexpError('invalid character class range', text.slice(at, high.next));
  return { value: [low.value, high.value], next: high.next };
}

function readClassRune(text: string, at: number, classStart: number): Read<number> {
  if (at >= text.length) throw new RegexpError('missing closing ]', text.slice(classStart));
  return text[at] === '\\' ? readEscape(text, at) : readRune(text, at);
}
