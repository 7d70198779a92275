import { BACKSLASH, DOUBLE_QUOTE, isBlank, isBlankOrEnd, isBreak, SINGLE_QUOTE } from './characters.ts';
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
  if (input.lineStart > start) input.longQuote = { start, end: token.end };
}

/** The common case: no escape, no line break. Undefined when it is another. */
function scanOnOneLine(input: Input, quote: number): string | undefined {
  const { text, position } = input;
  for (let at = position; at < input.end; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (quote === SINGLE_QUOTE && input.codeAt(at + 1) === SINGLE_QUOTE) return undefined;
      input.position = at;
      return text.slice(position, at);
    }
    if ((code === BACKSLASH && quote === DOUBLE_QUOTE) || isBreak(code)) return undefined;
  }
  return undefined;
}

function scanLines(input: Input, quote: number): string {
  const { text } = input;
  let value = '';
  let pieceStart = input.position;
  const opening = pieceStart - 1;
  while (true) {
    const { position } = input;
    if (position === input.lineStart && input.isDocumentIndicator(position)) {
      throw input.scanFault('found unexpected document indicator', opening + 1, opening);
    }
    if (position >= input.end) throw input.scanFault('found unexpected end of stream', opening + 1, opening);
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

const ESCAPES: ReadonlyMap<string, string> = new Map([
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
const CODE_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** The character that the escape at the input's position stands for. */
function scanEscape(input: Input): string {
  const letter = input.text.charAt(input.position + 1);
  const character = letter === '/' && input.allowsJsonEscapes ? letter : ESCAPES.get(letter);
  const length = CODE_LENGTHS.get(letter);
  if (character === undefined && length === undefined) {
    throw input.scanFault('found unknown escape character', input.position + 2);
  }
  input.position += 2;
  if (length === undefined) return character ?? '';
  const end = input.position + length;
  const digits = input.text.slice(input.position, end);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) {
    throw input.scanFault('did not find expected hexdecimal number', end);
  }
  const code = Number.parseInt(digits, 16);
  // JSON writes characters beyond U+FFFF as two surrogates; YAML has \U for them.
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (code > 0x10ffff || (isSurrogate && !input.allowsJsonEscapes)) {
    throw input.scanFault('found invalid Unicode character escape code', end);
  }
  input.position = end;
  return isSurrogate ? String.fromCharCode(code) : String.fromCodePoint(code);
}
