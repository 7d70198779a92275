import { BACKSLASH, DOUBLE_QUOTE, isBlank, isBlankOrEnd, isBreak, SINGLE_QUOTE } from './characters.ts';
import { YamlFault } from './fault.ts';
import { foldBreaks, normalizeBreaks } from './fold.ts';
import type { Input } from './input.ts';
import type { Token } from './token.ts';

/** Reads a quoted scalar. Its further lines may be indented as they like. */
export function scanQuotedScalar(input: Input, token: Token): void {
  const start = input.position;
  const quote = input.codeAt(start);
  token.start = start;
  token.style = 'quoted';
  input.position++;
  token.value = scanOnOneLine(input, quote) ?? scanLines(input, quote);
  input.position++;
  token.end = input.position;
}

/** The common case: no escape, no line break. Undefined when it is another. */
function scanOnOneLine(input: Input, quote: number): string | undefined {
  const { text, end, position } = input;
  for (let at = position; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (quote === SINGLE_QUOTE && input.codeAt(at + 1) === SINGLE_QUOTE) return undefined;
      input.position = at;
      return input.slice(position, at);
    }
    if ((code === BACKSLASH && quote === DOUBLE_QUOTE) || isBreak(code)) return undefined;
  }
  return undefined;
}

function scanLines(input: Input, quote: number): string {
  const { text } = input;
  const opening = input.position - 1;
  let value = '';
  let pieceStart = input.position;
  while (true) {
    const { position } = input;
    const isOver = position >= input.end || (position === input.lineStart && input.isDocumentIndicator(position));
    if (isOver) throw new YamlFault('The quote is never closed. Close it.', opening, opening + 1);
    // An escaped line break leaves no space.
    let isBreakEscaped = false;
    let code = input.codeAt(input.position);
    for (; !isBlankOrEnd(code); code = input.codeAt(input.position)) {
      if (code === quote) {
        if (quote === DOUBLE_QUOTE || input.codeAt(input.position + 1) !== SINGLE_QUOTE) {
          return value + text.slice(pieceStart, input.position);
        }
        value += text.slice(pieceStart, input.position + 1);
        input.position += 2;
        pieceStart = input.position;
      } else if (code !== BACKSLASH || quote === SINGLE_QUOTE) {
        input.position++;
      } else {
        value += text.slice(pieceStart, input.position);
        isBreakEscaped = isBreak(input.codeAt(input.position + 1));
        if (isBreakEscaped) {
          input.position = input.afterBreak(input.position + 1);
          input.lineStart = input.position;
        } else value += scanEscape(input);
        pieceStart = input.position;
        if (isBreakEscaped) break;
      }
    }
    const lineEnd = input.position;
    const breaks = skipBlanksAndBreaks(input);
    if (breaks === '' && !isBreakEscaped) continue;
    value += text.slice(pieceStart, lineEnd) + (isBreakEscaped ? normalizeBreaks(breaks) : foldBreaks(breaks));
    pieceStart = input.position;
  }
}

/** @returns the first character of each line break */
function skipBlanksAndBreaks(input: Input): string {
  let breaks = '';
  while (true) {
    const code = input.codeAt(input.position);
    if (isBlank(code)) input.position++;
    else if (isBreak(code)) {
      breaks += input.text[input.position] ?? '';
      input.position = input.afterBreak(input.position);
      input.lineStart = input.position;
    } else return breaks;
  }
}

const ESCAPES = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const CODE_LENGTHS = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** The character that the escape at the input's position stands for. */
function scanEscape(input: Input): string {
  const start = input.position;
  const letter = start + 1 < input.end ? (input.text[start + 1] ?? '') : '';
  input.position += 2;
  const character = letter === '/' && input.isJson ? '/' : ESCAPES.get(letter);
  if (character !== undefined) return character;
  const length = CODE_LENGTHS.get(letter);
  if (length === undefined) {
    throw new YamlFault(
      `There is no escape \\${letter} in double quotes. Write \\\\${letter}, or use single quotes.`,
      start,
      Math.min(start + 2, input.end),
    );
  }
  const digits = input.text.slice(input.position, Math.min(input.position + length, input.end));
  const code = digits.length === length && /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : -1;
  // JSON writes characters beyond U+FFFF as two surrogates; YAML has \U for them.
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < 0 || code > 0x10ffff || (isSurrogate && !input.isJson)) {
    const message = `\\${letter} needs ${length} hexadecimal digits that are the code of a character. Correct them.`;
    throw new YamlFault(message, start, Math.min(start + 2 + length, input.end));
  }
  input.position += length;
  return isSurrogate ? String.fromCharCode(code) : String.fromCodePoint(code);
}
