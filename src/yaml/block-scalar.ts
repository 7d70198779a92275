import {
  DIGIT_NINE,
  DIGIT_ZERO,
  HASH,
  HYPHEN,
  isBlank,
  isBreak,
  isBreakOrEnd,
  PIPE,
  PLUS,
  SPACE,
  TAB,
} from './characters.ts';
import { normalizeBreaks } from './fold.ts';
import type { Input } from './input.ts';
import type { Token } from './token.ts';

/** Reads a scalar after `|` (literal) or `>` (folded). `parentIndent` is the column of the collection around it. */
export function scanBlockScalar(input: Input, token: Token, parentIndent: number): void {
  const start = input.position;
  const isLiteral = input.codeAt(start) === PIPE;
  const { chomping, increment } = scanHeader(input);
  token.start = start;
  token.end = input.position;
  token.style = 'block';
  while (isBlank(input.codeAt(input.position))) input.position++;
  if (input.codeAt(input.position) === HASH) input.position = input.endOfLine(input.position);
  if (!isBreakOrEnd(input.codeAt(input.position))) {
    throw input.scanFault('did not find expected comment or line break', input.endOfLine(input.position));
  }
  token.end = input.position;
  skipBreak(input);

  let breaks: string;
  let indent = Math.max(parentIndent, 0) + increment;
  if (increment === 0) ({ breaks, indent } = detectIndent(input, parentIndent));
  else breaks = skipEmptyLines(input, indent);

  const pieces: string[] = [];
  let lineBreak = '';
  let wasBlank = false;
  while (input.position - input.lineStart === indent && input.position < input.end) {
    const startsBlank = isBlank(input.codeAt(input.position));
    const isFolded = !isLiteral && lineBreak === '\n' && !wasBlank && !startsBlank;
    if (!isFolded) pieces.push(lineBreak);
    else if (breaks === '') pieces.push(' ');
    wasBlank = startsBlank;
    const lineEnd = input.endOfLine(input.position);
    pieces.push(breaks, input.text.slice(input.position, lineEnd));
    token.end = lineEnd;
    input.position = lineEnd;
    lineBreak = skipBreak(input);
    breaks = skipEmptyLines(input, indent);
  }
  if (chomping !== HYPHEN) pieces.push(lineBreak);
  if (chomping === PLUS) pieces.push(breaks);
  token.value = pieces.join('');
}

/** @returns the code of the sign for trailing line breaks, and the digit for the indentation; 0 for none */
function scanHeader(input: Input): { chomping: number; increment: number } {
  input.position++;
  let chomping = scanChomping(input);
  let increment = 0;
  const code = input.codeAt(input.position);
  if (code >= DIGIT_ZERO && code <= DIGIT_NINE) {
    increment = code - DIGIT_ZERO;
    if (increment === 0) {
      throw input.scanFault('found an indentation indicator equal to 0');
    }
    input.position++;
    if (chomping === 0) chomping = scanChomping(input);
  }
  return { chomping, increment };
}

function scanChomping(input: Input): number {
  const code = input.codeAt(input.position);
  if (code !== PLUS && code !== HYPHEN) return 0;
  input.position++;
  return code;
}

/** The first line that is not empty sets the indentation, but an empty line above it may be no deeper. */
function detectIndent(input: Input, parentIndent: number): { breaks: string; indent: number } {
  let breaks = '';
  let indent = Math.max(parentIndent + 1, 1);
  while (true) {
    while (input.codeAt(input.position) === SPACE) input.position++;
    indent = Math.max(indent, input.position - input.lineStart);
    refuseTab(input);
    const lineBreak = skipBreak(input);
    if (lineBreak === '') return { breaks, indent };
    breaks += lineBreak;
  }
}

/** Skips lines of nothing but indentation, then the indentation of the next line. */
function skipEmptyLines(input: Input, indent: number): string {
  let breaks = '';
  while (true) {
    const contentStart = input.lineStart + indent;
    while (input.position < contentStart && input.codeAt(input.position) === SPACE) input.position++;
    if (input.position < contentStart) refuseTab(input);
    const lineBreak = skipBreak(input);
    if (lineBreak === '') return breaks;
    breaks += lineBreak;
  }
}

function refuseTab(input: Input): void {
  if (input.codeAt(input.position) !== TAB) return;
  throw input.scanFault('found a tab character where an indentation space is expected');
}

/** Skips a line break and gives what it is in a value. */
function skipBreak(input: Input): string {
  const { position, text } = input;
  if (!isBreak(input.codeAt(position))) return '';
  input.position = input.afterBreak(position);
  input.lineStart = input.position;
  return normalizeBreaks(text.charAt(position));
}
