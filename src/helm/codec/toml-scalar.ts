import { TimeError } from '../go/duration.ts';
import { GoTime } from '../go/time.ts';
import { parseTime } from '../go/time-parse.ts';
import type { Zone } from '../go/time-zone.ts';
import { Int, type Value } from '../value/value.ts';
import type { TomlCursor } from './toml-cursor.ts';
import { LOCAL_DATE, LOCAL_DATE_TIME, LOCAL_TIME } from './toml-time.ts';

const MAX_INT64 = 2n ** 63n - 1n;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\x1b',
  '"': '"',
  '\\': '\\',
};

/** Forms of times: those with the time of day, and what stands for a zone. */
const TIMES: readonly (readonly [string, Zone | undefined])[] = [
  ['2006-01-02T15:04:05.999999999Z07:00', undefined],
  ['2006-01-02T15:04:05.999999999', LOCAL_DATE_TIME],
  ['2006-01-02', LOCAL_DATE],
  ['15:04:05.999999999', LOCAL_TIME],
  ['2006-01-02T15:04Z07:00', undefined],
  ['2006-01-02T15:04', LOCAL_DATE_TIME],
  ['15:04', LOCAL_TIME],
];

/** Reads a string of any of the four forms; undefined when there is none. */
export function readString(cursor: TomlCursor, mayHaveLines: boolean): string | undefined {
  if (mayHaveLines && cursor.accept("'''")) return readLines(cursor, "'");
  if (mayHaveLines && cursor.accept('"""')) return unescape(cursor, trimLineEnds(readLines(cursor, '"')));
  if (cursor.accept("'")) {
    const text = cursor.read(/[^'\0-\x08\n-\x1f\x7f]*/y) ?? '';
    cursor.expect("'");
    return text;
  }
  if (!cursor.accept('"')) return undefined;
  const text = cursor.read(/(?:[^"\\\0-\x08\n-\x1f\x7f]|\\[^\n\r])*/y) ?? '';
  cursor.expect('"');
  return unescape(cursor, text);
}

function readLines(cursor: TomlCursor, quote: '"' | "'"): string {
  const pattern =
    quote === "'"
      ? /(?:[^'\0-\x08\x0b\x0c\x0e-\x1f\x7f]|'(?!''))*/y
      : /(?:[^"\\\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\\[^]|"(?!""))*/y;
  let text = cursor.read(pattern) ?? '';
  cursor.expect(quote.repeat(3));
  // Up to two quotes before the closing ones belong to the text.
  for (let count = 0; count < 2 && cursor.accept(quote); count++) text += quote;
  if (/\r(?!\n)/.test(text)) cursor.fail('a carriage return without a line feed');
  return text.replace(/^\r?\n/, '');
}

/** A backslash at the end of a line joins it with the next text. */
function trimLineEnds(text: string): string {
  return text.replaceAll(/\\(?:[\t ]*\r?\n[\t\n\r ]*|([^]))/g, (whole: string, character: string | undefined) => {
    return character === undefined ? '' : whole;
  });
}

function unescape(cursor: TomlCursor, text: string): string {
  if (!text.includes('\\')) return text;
  const pattern = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^]))/g;
  return text.replaceAll(pattern, (whole: string, ...groups: readonly (string | undefined)[]) => {
    const [two, four, eight, letter = ''] = groups;
    const digits = two ?? four ?? eight;
    if (digits === undefined) return ESCAPES[letter] ?? cursor.fail(`invalid escape ${whole}`);
    const rune = Number.parseInt(digits, 16);
    if (rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) cursor.fail(`invalid escape ${whole}`);
    return String.fromCodePoint(rune);
  });
}

/** Reads a number, a time or a boolean. */
export function readScalar(cursor: TomlCursor): Value {
  const time = cursor.read(
    /(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ](?=[0-9]))?|[0-9]{2}(?=:))[0-9:.]*(?:[Zz]|[+-][0-9:]+)?/y,
  );
  if (time !== undefined) return readTime(cursor, time);
  const text = cursor.read(/[0-9A-Za-z_.+-]+/y) ?? '';
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^[+-]?inf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/.test(text)) return Number.NaN;
  if (/__|^_|_$|_(?![0-9A-Fa-f])|[^0-9A-Fa-f]_/.test(text)) cursor.fail(`invalid number ${text}`);
  const digits = text.replaceAll('_', '');
  if (/^(?:[+-]?(?:0|[1-9][0-9]*)|0x[0-9A-Fa-f]+|0o[0-7]+|0b[01]+)$/.test(digits)) return integerOf(cursor, digits);
  if (!/^[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][+-]?[0-9]+)?$/.test(digits)) {
    cursor.fail(text === '' ? 'expected a value' : `invalid value ${text}`);
  }
  const number = Number(digits);
  return Number.isFinite(number) ? number : cursor.fail(`${text} is out of range`);
}

function integerOf(cursor: TomlCursor, digits: string): Int {
  const sign = digits.startsWith('-') ? -1n : 1n;
  const value = sign * BigInt(digits.replace(/^[+-]/, ''));
  if (value > MAX_INT64 || value < -MAX_INT64 - 1n) cursor.fail(`${digits} is out of range`);
  return new Int('int64', value);
}

function readTime(cursor: TomlCursor, text: string): GoTime {
  const normal = text.replaceAll('z', 'Z').replaceAll(/[t ]/g, 'T');
  for (const [layout, zone] of TIMES) {
    try {
      const parsed = parseTime(layout, normal);
      return new GoTime(zone === undefined ? parsed : { ...parsed, zone });
    } catch (error) {
      if (!(error instanceof TimeError)) throw error;
    }
  }
  return cursor.fail(`invalid time ${text}`);
}
