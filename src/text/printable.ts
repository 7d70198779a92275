/**
 * What a terminal obeys, or does not show: control characters, line and paragraph separators, bidi and zero-width
 * controls, halves of surrogate pairs, and letters that draw nothing (Hangul fillers). Variation selectors, which only
 * choose between two pictures, are let through.
 */
const UNPRINTABLE =
  '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u115f\\u3164\\uffa0]|\\u034f|\\u17b4|\\u17b5|[\\u180b-\\u180f]|[\\u{e0100}-\\u{e01ef}]';
const PRINTABLE_ASCII = /^[ -~]*$/;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text from the input as it is safe to show on one line: what a terminal would obey or hide is written as an escape,
 * such as `\n` and `\u001b`, and a byte that is not UTF-8 as `\x97`. Escapes are not escaped again, so this is for eyes, not for programs.
 */
export function printable(text: string): string {
  // Patterns with Unicode properties are slow to make, and most texts need none.
  return PRINTABLE_ASCII.test(text) ? text : text.replace(patternOf(UNPRINTABLE, 'gu'), escapeCharacter);
}

/** A text of several lines, each as it is safe to show. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** Half of a surrogate pair that stands for a byte that is not UTF-8, as files of charts are read. */
function isByte(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}

function escapeCharacter(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (isByte(code)) return `\\x${(code - 0xdc00).toString(16)}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Combining marks, and the vowels and finals of Hangul written in pieces: drawn over the character before. */
const COMBINING = '^[\\p{Mn}\\p{Me}\\u1160-\\u11ff\\ud7b0-\\ud7fb]';
/** East Asian Wide and Fullwidth (Unicode Standard Annex #11), and emoji; a flag is two letters of one column each. */
const WIDE =
  '^(?![\\u{1f1e6}-\\u{1f1ff}])[\\u1100-\\u115f\\u2329\\u232a\\u2630-\\u2637\\u268a-\\u268f\\u2e80-\\u303e\\u3041-\\u3247\\u3250-\\u4dbf\\u4dc0-\\ua4cf\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6b\\uff01-\\uff60\\uffe0-\\uffe6\\u{16fe0}-\\u{18dff}\\u{1aff0}-\\u{1b2ff}\\u{1d300}-\\u{1d376}\\u{1f200}-\\u{1f2ff}\\u{20000}-\\u{3fffd}\\p{Emoji_Presentation}]';

/** The marks of the table of principles, which every report has. */
const CHECK_MARK = 0x2713;
const CROSS = 0x2717;
const DASH = 0x2013;

/** The columns that one character (a code point) takes in a terminal: 0, 1 or 2. */
export function characterWidth(character: string): number {
  const code = character.charCodeAt(0);
  if (code < 0x300) return 1;
  if (code === CHECK_MARK || code === CROSS || code === DASH) return 1;
  if (patternOf(COMBINING, 'u').test(character)) return 0;
  return patternOf(WIDE, 'u').test(character) ? 2 : 1;
}

/** The columns that a printable text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string, flags: string): RegExp {
  let pattern = patterns.get(source);
  if (pattern === undefined) patterns.set(source, (pattern = new RegExp(source, flags)));
  pattern.lastIndex = 0;
  return pattern;
}
