import { quoteGo } from '../go/quote.ts';
import { END, isLineBreak, type TomlCursor } from './toml-cursor.ts';

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
const DIGITS = { x: ['two', 2], u: ['four', 4], U: ['eight', 8] } as const;

/** Reads a string of one line, behind its first quote. */
export function readString(cursor: TomlCursor, quote: '"' | "'"): string {
  cursor.begin();
  while (true) {
    const character = cursor.next();
    if (character === END) cursor.fail(`unexpected EOF; expected ${quote === '"' ? `'"'` : `"'"`}`);
    if (isLineBreak(character)) cursor.failBefore('strings cannot contain newlines');
    if (character === '\\' && quote === '"') readEscape(cursor);
    if (character !== quote) continue;
    cursor.back();
    const text = cursor.current;
    cursor.next();
    cursor.begin();
    return quote === '"' ? unescape(cursor, text) : text;
  }
}

/** Reads a string of several lines, behind its first three quotes. */
export function readLines(cursor: TomlCursor, quote: '"' | "'"): string {
  const three = quote.repeat(3);
  const other = quote === '"' ? "'" : '"';
  cursor.begin();
  while (true) {
    const character = cursor.next();
    if (character === END) cursor.fail(`unexpected EOF; expected ${other}${three}${other}`);
    if (character === '\\' && quote === '"' && !isLineBreak(cursor.peek())) readEscape(cursor);
    if (character !== quote || !acceptTwo(cursor, quote)) continue;
    if (cursor.peek() === quote) {
      // Two of five quotes are the string's; a sixth is an error, but behind an escaped one.
      const five = quote.repeat(5);
      const { current } = cursor;
      if (current.endsWith(five) && !(quote === '"' && current.endsWith(`\\${five}`))) {
        cursor.fail(`unexpected ${other}${three}${three}${other}`);
      }
      cursor.back();
      cursor.back();
      continue;
    }
    for (let count = 0; count < 3; count++) cursor.back();
    const text = cursor.current.replace(/^\r?\n/, '');
    for (let count = 0; count < 3; count++) cursor.next();
    cursor.begin();
    return quote === '"' ? unescape(cursor, joinLines(text)) : text;
  }
}

function acceptTwo(cursor: TomlCursor, quote: string): boolean {
  if (!cursor.accept(quote)) return false;
  if (cursor.accept(quote)) return true;
  cursor.back();
  return false;
}

/** Reads what stands behind a backslash. White space is right at the end of a line alone, which is seen later. */
function readEscape(cursor: TomlCursor): void {
  const letter = cursor.next();
  if (letter === 'x' || letter === 'u' || letter === 'U') {
    const [word, count] = DIGITS[letter];
    for (let digit = 0; digit < count; digit++) {
      if (/^[0-9A-Fa-f]$/.test(cursor.next())) continue;
      cursor.fail(
        `expected ${word} hexadecimal digits after '\\${letter}', but got ${quoteGo(cursor.current)} instead`,
      );
    }
  } else if (ESCAPES[letter] === undefined && letter !== ' ' && letter !== '\t') {
    cursor.failPlain(`invalid escape in string '\\${letter === END ? '\0' : letter}'`);
  }
}

/** A backslash at the end of a line joins it with the next text. */
function joinLines(text: string): string {
  return text.replaceAll(/\\(?:[\t\r ]*\n[\t\n\r ]*|(\\))/g, (whole: string, backslash: string | undefined) => {
    return backslash === undefined ? '' : whole;
  });
}

function unescape(cursor: TomlCursor, text: string): string {
  if (!text.includes('\\')) return text;
  const pattern = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^]))/g;
  return text.replaceAll(pattern, (_whole: string, ...groups: readonly (string | undefined)[]) => {
    const [two, four, eight, letter = ''] = groups;
    const digits = two ?? four ?? eight;
    if (digits === undefined) return ESCAPES[letter] ?? cursor.failAt(cursor.line, `invalid escape: '\\${letter}'`);
    const rune = Number.parseInt(digits, 16);
    if (rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) {
      cursor.failAt(cursor.line, `Escaped character '\\u${digits}' is not valid UTF-8.`);
    }
    return String.fromCodePoint(rune);
  });
}
