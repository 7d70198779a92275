import {
  FLOW_INDICATOR,
  GAP,
  HASH,
  isBlank,
  isBlankOrEnd,
  isBreak,
  ORDINARY,
  plainClassOf,
  SPACE,
  TAB,
} from './characters.ts';
import { foldBreaks } from './fold.ts';
import type { Input } from './input.ts';
import type { Token } from './token.ts';

/**
 * Reads an unquoted scalar, over several lines when they are indented enough.
 * @param indent the least column of its further lines; between brackets, any will do
 * @returns whether the input now stands on another line
 */
export function scanPlainScalar(input: Input, token: Token, indent: number, isInFlow: boolean): boolean {
  const { text } = input;
  const start = input.position;
  let value = '';
  let pieceStart = start;
  let pieceEnd = start;
  let breaks = '';
  while (true) {
    const lineStart = input.position;
    const lineEnd = scanWords(input, isInFlow);
    if (lineEnd > lineStart) {
      if (breaks !== '') {
        value += text.slice(pieceStart, pieceEnd) + foldBreaks(breaks);
        breaks = '';
        pieceStart = lineStart;
      }
      pieceEnd = lineEnd;
    }
    if (!isBreak(input.codeAt(input.position))) break;
    breaks += skipBreaksAndIndent(input, indent);
    if (!isInFlow && input.position - input.lineStart < indent) break;
    if (input.position === input.lineStart && input.isDocumentIndicator(input.position)) break;
    if (input.codeAt(input.position) === HASH) break;
  }
  token.start = start;
  token.end = pieceEnd;
  token.value = value === '' ? text.slice(pieceStart, pieceEnd) : value + text.slice(pieceStart, pieceEnd);
  token.style = 'plain';
  return breaks !== '';
}

/**
 * Moves the input past the words on its line and the blanks after them.
 * @returns where the last word ends
 */
function scanWords(input: Input, isInFlow: boolean): number {
  let { position } = input;
  let wordStart = position;
  let wordEnd = position;
  let code = input.codeAt(position);
  while (true) {
    const meaning = plainClassOf(code);
    if (meaning !== ORDINARY) {
      const stops =
        meaning === GAP || (meaning === FLOW_INDICATOR ? isInFlow : isBlankOrEnd(input.codeAt(position + 1)));
      if (stops) {
        if (position > wordStart) wordEnd = position;
        if (!isBlank(code)) break;
        do code = input.codeAt(++position);
        while (isBlank(code));
        if (code === HASH) break;
        wordStart = position;
        continue;
      }
    }
    code = input.codeAt(++position);
  }
  input.position = position;
  return wordEnd;
}

/** @returns the first character of each line break */
function skipBreaksAndIndent(input: Input, indent: number): string {
  const { text } = input;
  let { position, lineStart } = input;
  let breaks = '';
  while (true) {
    const code = input.codeAt(position);
    if (code === SPACE) position++;
    else if (isBreak(code)) {
      breaks += text[position] ?? '';
      lineStart = position = input.afterBreak(position);
    } else if (code !== TAB) break;
    else if (position - lineStart < indent) {
      input.position = position;
      input.lineStart = lineStart;
      throw input.scanFault('found a tab character that violates indentation');
    } else position++;
  }
  input.position = position;
  input.lineStart = lineStart;
  return breaks;
}
