import { RegexpError } from './node.ts';

/** Something read and the offset after it. */
export interface Read<T> {
  readonly value: T;
  readonly next: number;
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const MAX_RUNE = 0x10ffff;

/** The character at an offset before the end. A byte that is not UTF-8 is an error. */
export function readRune(text: string, at: number): Read<number> {
  const value = text.codePointAt(at) ?? 0;
  if (value >= 0xd800 && value <= 0xdfff) throw new RegexpError('invalid UTF-8', text.slice(at));
  return { value, next: at + (value > 0xffff ? 2 : 1) };
}

/** The character that an escape stands for; the offset is that of the backslash. */
export function readEscape(text: string, at: number): Read<number> {
  if (at + 1 >= text.length) throw new RegexpError('trailing backslash at end of expression', '');
  const { value, next } = readRune(text, at + 1);
  const letter = String.fromCodePoint(value);
  if (value < 0x80 && !/[0-9A-Za-z]/.test(letter)) return { value, next };
  if (/[0-7]/.test(letter) && (letter === '0' || /[0-7]/.test(text[next] ?? ''))) return readOctal(text, at + 1);
  if (letter === 'x') return readHex(text, at, next);
  const control = Object.hasOwn(CONTROLS, letter) ? CONTROLS[letter] : undefined;
  if (control === undefined) throw invalidEscape(text, at, next);
  return { value: control, next };
}

function readOctal(text: string, at: number): Read<number> {
  const digits = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0] ?? '';
  return { value: Number.parseInt(digits, 8), next: at + digits.length };
}

function readHex(text: string, at: number, start: number): Read<number> {
  if (start >= text.length) throw invalidEscape(text, at, start);
  const first = readRune(text, start);
  if (text[start] === '{') return readBracedHex(text, at, first.next);
  if (first.next >= text.length) throw invalidEscape(text, at, first.next);
  const second = readRune(text, first.next);
  const digits = text.slice(start, second.next);
  if (!/^[0-9a-f]{2}$/i.test(digits)) throw invalidEscape(text, at, second.next);
  return { value: Number.parseInt(digits, 16), next: second.next };
}

function readBracedHex(text: string, at: number, start: number): Read<number> {
  let value = 0;
  let next = start;
  while (next < text.length) {
    const digit = readRune(text, next);
    const character = text.slice(next, digit.next);
    next = digit.next;
    if (character === '}') {
      if (next === start + 1) break;
      return { value, next };
    }
    if (!/^[0-9a-f]$/i.test(character)) break;
    value = value * 16 + Number.parseInt(character, 16);
    if (value > MAX_RUNE) break;
  }
  throw invalidEscape(text, at, next);
}

function invalidEscape(text: string, start: number, end: number): RegexpError {
  return new RegexpError('invalid escape sequence', text.slice(start, end));
}
