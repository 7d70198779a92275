import { TimeError } from '../go/duration.ts';
import { parseInt64 } from '../go/parse-number.ts';
import { quoteGo } from '../go/quote.ts';
import { GoTime } from '../go/time.ts';
import { parseTime } from '../go/time-parse.ts';
import type { Zone } from '../go/time-zone.ts';
import { Int, type Value } from '../value/value.ts';
import { END, type TomlCursor } from './toml-cursor.ts';
import { LOCAL_DATE, LOCAL_DATE_TIME, LOCAL_TIME } from './toml-time.ts';

const DIGIT = /^[0-9]$/;

/** Forms of times, and what stands for a zone where there is none. */
const TIMES: readonly (readonly [string, Zone | undefined])[] = [
  ['2006-01-02T15:04:05.999999999Z07:00', undefined],
  ['2006-01-02T15:04:05.999999999', LOCAL_DATE_TIME],
  ['2006-01-02', LOCAL_DATE],
  ['15:04:05.999999999', LOCAL_TIME],
  ['2006-01-02T15:04Z07:00', undefined],
  ['2006-01-02T15:04', LOCAL_DATE_TIME],
  ['15:04', LOCAL_TIME],
];

const BASES = {
  b: ['a binary', /^[01]$/],
  o: ['an octal', /^[0-7]$/],
  x: ['a hexadecimal', /^[0-9A-Fa-f]$/],
} as const;

/** Reads a number or a time that begins with a digit. */
export function readNumberOrTime(cursor: TomlCursor): Value {
  if (cursor.next() === '0') {
    const second = cursor.next();
    if (second === 'b' || second === 'o' || second === 'x') return readBaseInteger(cursor, second);
    if (!DIGIT.test(second)) return readRest(cursor, second);
  }
  let character = cursor.next();
  while (DIGIT.test(character)) character = cursor.next();
  if (character !== '-' && character !== ':') return readRest(cursor, character);
  take(cursor, /^[0-9:TtZz .+-]$/);
  return timeOf(cursor, takeCurrent(cursor).trim());
}

/** What follows the digits of a decimal number, and a character behind them that was read already. */
function readRest(cursor: TomlCursor, character: string): Value {
  while (character === '_' || DIGIT.test(character)) character = cursor.next();
  if (character === '.' || character === 'e' || character === 'E') {
    take(cursor, /^[0-9_.eE+-]$/);
    return floatOf(cursor, takeCurrent(cursor));
  }
  cursor.back();
  return integerOf(cursor, takeCurrent(cursor));
}

function readBaseInteger(cursor: TomlCursor, letter: keyof typeof BASES): Value {
  const [name, digit] = BASES[letter];
  const first = cursor.peek();
  if (!digit.test(first)) cursor.fail(`not ${name} number: '${cursor.current}${orNul(first)}'`);
  take(cursor, letter === 'b' ? /^[01_]$/ : letter === 'o' ? /^[0-7_]$/ : /^[0-9A-Fa-f_]$/);
  return integerOf(cursor, takeCurrent(cursor));
}

/** Reads a decimal number behind its sign. */
export function readSigned(cursor: TomlCursor): Value {
  const first = cursor.next();
  const word = first === 'i' ? 'inf' : first === 'n' ? 'nan' : undefined;
  if (word !== undefined) {
    for (const letter of word.slice(1)) if (!cursor.accept(letter)) cursor.fail(`invalid float: '${cursor.current}'`);
    return floatOf(cursor, takeCurrent(cursor));
  }
  const second = first === '0' ? cursor.peek() : END;
  if (second === 'b' || second === 'o' || second === 'x') {
    cursor.fail(`cannot use sign with non-decimal numbers: '${cursor.current}${second}'`);
  }
  if (first === '.') cursor.fail("floats must start with a digit, not '.'");
  if (!DIGIT.test(first)) cursor.fail(`expected a digit but got ${quoteGo(orNul(first), "'")}`);
  return readRest(cursor, cursor.next());
}

function take(cursor: TomlCursor, pattern: RegExp): void {
  while (pattern.test(cursor.next()));
  cursor.back();
}

function takeCurrent(cursor: TomlCursor): string {
  const { current } = cursor;
  cursor.begin();
  return current;
}

/** What the library prints of the end. */
export function orNul(character: string): string {
  return character === END ? '\0' : character;
}

function integerOf(cursor: TomlCursor, text: string): Int {
  const refuse = (problem: string): never => failHere(cursor, `Invalid integer ${quoteGo(text)}: ${problem}`);
  if (!areUnderscoresRight(text)) refuse('underscores must be surrounded by digits');
  if (/^(?:0[^box]|[+-]0.)/.test(text)) refuse('cannot have leading zeroes');
  const { value, error } = parseInt64(text.replaceAll('_', ''), 0);
  if (error !== undefined) failHere(cursor, `${text} is out of range for int64`);
  return new Int('int64', value);
}

/** Makes a number of what looks like a float, `inf` and `nan` included. */
export function floatOf(cursor: TomlCursor, text: string): number {
  const refuse = (problem: string): never => failHere(cursor, `Invalid float ${quoteGo(text)}: ${problem}`);
  const parts = text.split(/[.eE]/).filter((part) => part !== '');
  if (!parts.every(areUnderscoresRight)) refuse('underscores must be surrounded by digits');
  if (/^(?:0[^box]|[+-]0.)/.test(parts[0] ?? '')) refuse('cannot have leading zeroes');
  if (/\.(?![0-9])/.test(text)) refuse("'.' must be followed by one or more digits");
  if (/^[+-]?nan$/.test(text)) return Number.NaN;
  if (/^[+-]?inf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const digits = text.replaceAll('_', '');
  if (!/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(digits)) {
    failHere(cursor, `Invalid float value: ${quoteGo(text)}`);
  }
  const number = Number(digits);
  return Number.isFinite(number) ? number : failHere(cursor, `${text} is out of range for float64`);
}

/** Whether each underscore stands between digits, as the library sees it. */
function areUnderscoresRight(text: string): boolean {
  if (/^[+-]?(?:nan|inf)$/.test(text)) return true;
  return /[0-9A-Fa-f]$/.test(text) && !/(?:^|[^0-9A-Fa-f])_/.test(text);
}

function timeOf(cursor: TomlCursor, text: string): GoTime {
  const normal = text.replaceAll('z', 'Z').replaceAll(/[t ]/g, 'T');
  for (const [layout, zone] of TIMES) {
    try {
      const parsed = parseTime(layout, normal);
      if (lacksZero(normal, layout)) break;
      return new GoTime(zone === undefined ? parsed : { ...parsed, zone });
    } catch (error) {
      if (!(error instanceof TimeError)) throw error;
    }
  }
  return failHere(cursor, `invalid datetime: ${quoteGo(normal)}`);
}

/** Go reads an hour of one digit; then the separators stand elsewhere. */
function lacksZero(text: string, layout: string): boolean {
  for (const [index, character] of [...layout].entries()) {
    if (character === '.' || character === 'Z') return false;
    if (!DIGIT.test(character) && text[index] !== character) return true;
  }
  return false;
}

/** What is wrong with a value is said of the line that it ends in. */
function failHere(cursor: TomlCursor, message: string): never {
  return cursor.failAt(cursor.line, message);
}
