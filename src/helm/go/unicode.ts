/**
 * Go's `unicode` for single characters (a string of one code point). Go maps one character to one; JavaScript's
 * `toUpperCase` may make several, and knows title case not at all.
 */

/** The characters of a string; each byte that is not UTF-8 is U+FFFD, as when Go ranges over it. */
export function charactersOf(text: string): string[] {
  return Array.from(text, (character) => (isLoneSurrogate(character) ? '\ufffd' : character));
}

function isLoneSurrogate(character: string): boolean {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 0xd800 && code < 0xe000;
}

/** `unicode.IsSpace`: unlike in JavaScript, U+0085 is a space and U+FEFF is none. No space is above U+FFFF. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  if (code < 0x2000) return code === 0x1680;
  return code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
}

export function isUpper(character: string): boolean {
  return character < '\u0080' ? character >= 'A' && character <= 'Z' : /^\p{Lu}/u.test(character);
}

export function isLower(character: string): boolean {
  return character < '\u0080' ? character >= 'a' && character <= 'z' : /^\p{Ll}/u.test(character);
}

/** Whether a character is a title-case letter, such as U+01C5. */
export function isTitle(character: string): boolean {
  return character >= '\u0080' && /^\p{Lt}/u.test(character);
}

export function isLetter(character: string): boolean {
  return /^\p{L}/u.test(character);
}

/** `unicode.IsDigit`: decimal digits. */
export function isDigit(character: string): boolean {
  return /^\p{Nd}/u.test(character);
}

/** `unicode.IsNumber`: digits, and numbers such as ½ and Ⅳ. */
export function isNumber(character: string): boolean {
  return /^\p{N}/u.test(character);
}

export function isPunctuation(character: string): boolean {
  return /^\p{P}/u.test(character);
}

/** `unicode.ToUpper`. Two letters got their capitals, U+A7CB and U+A7DC, after Go's Unicode 15. */
export function toUpper(character: string): string {
  if (character === '\u0264' || character === '\u019b') return character;
  const upper = character.toUpperCase();
  return isOneCharacter(upper) ? upper : (greekTitle(character) ?? character);
}

/** `unicode.ToLower`. U+0130 is the one letter of which JavaScript makes two. */
export function toLower(character: string): string {
  return character === '\u0130' ? 'i' : character.toLowerCase();
}

/** `unicode.ToTitle`. */
export function toTitle(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x01c4 && code <= 0x01cc) return String.fromCharCode(code - ((code - 0x01c4) % 3) + 1);
  if (code >= 0x01f1 && code <= 0x01f3) return '\u01f2';
  if (code >= 0x10d0 && code <= 0x10ff) return character; // Georgian has capitals, but no title case.
  return toUpper(character);
}

function isOneCharacter(text: string): boolean {
  return text.length === 1 || (text.length === 2 && text.codePointAt(0) !== text.charCodeAt(0));
}

/** Greek letters with iota subscript have a single capital beside the two letters that JavaScript makes of them. */
function greekTitle(character: string): string | undefined {
  const code = character.charCodeAt(0);
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCharCode(code + 9);
  const isRow = code >= 0x1f80 && code < 0x1fb0;
  return isRow && (code & 0xf) < 8 ? String.fromCharCode(code + 8) : undefined;
}
