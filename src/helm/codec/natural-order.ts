import { isDigit, isLetter } from '../go/unicode.ts';

/**
 * The order in which go-yaml writes the keys of a map (`sorter.go`): character by character, where the first that
 * differ are compared as numbers when they begin numbers (a9, a10), and what is not a letter goes before letters.
 * `isV3`: as go-yaml v3, where after a digit letters go first.
 */
export function compareNaturally(a: string, b: string, isV3: boolean): number {
  const start = commonLength(a, b);
  if (start === a.length || start === b.length) return a.length - b.length;
  const x = characterAt(a, start);
  const y = characterAt(b, start);
  const isXLetter = isLetter(x);
  if (isXLetter !== isLetter(y)) return isXLetter === (isV3 && isBehindDigit(a, start)) ? -1 : 1;
  return (isXLetter ? 0 : compareNumbers(a, b, start)) || codeOf(x) - codeOf(y);
}

function isBehindDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  return isDigit(code >= 0xdc00 && code < 0xe000 ? text.slice(at - 2, at) : text.charAt(at - 1));
}

/** The UTF-16 units that two strings share, without a half of a character. */
function commonLength(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  const before = length > 0 ? a.charCodeAt(length - 1) : 0;
  return before >= 0xd800 && before < 0xdc00 ? length - 1 : length;
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** Compares the digits from an offset on, first as numbers, then by how many they are. */
function compareNumbers(a: string, b: string, start: number): number {
  const x = digitsFrom(a, start);
  const y = digitsFrom(b, start);
  // Behind other digits, a leading zero counts: 10 and 1x, 100 and 11.
  const isInNumber = (a[start] === '0' || b[start] === '0') && followsNonZeroDigit(a, start);
  return Number(valueOf(x, isInNumber) - valueOf(y, isInNumber)) || x.length - y.length;
}

function digitsFrom(text: string, start: number): string[] {
  const digits: string[] = [];
  for (let at = start; at < text.length;) {
    const character = characterAt(text, at);
    if (!isDigit(character)) break;
    digits.push(character);
    at += character.length;
  }
  return digits;
}

function followsNonZeroDigit(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && isDigit(text.charAt(at)); at--) if (text[at] !== '0') return true;
  return false;
}

/** Wraps around as Go's int64 does; a digit of another script counts by its distance from 0. */
function valueOf(digits: readonly string[], isInNumber: boolean): bigint {
  let value = isInNumber ? 1n : 0n;
  for (const digit of digits) value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(digit) - 0x30));
  return value;
}
