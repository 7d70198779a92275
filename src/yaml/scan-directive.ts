import { DOT, HASH, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isNameCharacter } from './characters.ts';
import type { Input } from './input.ts';
import { scanTagHandle, scanTagUri } from './properties.ts';
import type { Token } from './token.ts';

/** Reads a line that begins with `%`. */
export function scanDirective(input: Input, token: Token): void {
  token.start = input.position;
  input.position++;
  const name = scanWhile(input, isNameCharacter);
  if (name === '') throw input.scanFault('could not find expected directive name');
  if (!isBlankOrEnd(input.codeAt(input.position))) throw input.scanFault('found unexpected non-alphabetical character');
  if (name === 'YAML') scanVersion(input, token);
  else if (name === 'TAG') scanTagPrefix(input, token);
  else throw input.scanFault('found unknown directive name');
  token.end = input.position;
  scanWhile(input, isBlank);
  if (input.codeAt(input.position) === HASH) input.position = input.endOfLine(input.position);
  if (!isBreakOrEnd(input.codeAt(input.position))) {
    throw input.scanFault('did not find expected comment or line break');
  }
  if (isBreak(input.codeAt(input.position))) {
    input.position = input.afterBreak(input.position);
    input.lineStart = input.position;
  }
}

function scanVersion(input: Input, token: Token): void {
  token.type = 'version directive';
  scanWhile(input, isBlank);
  const major = scanNumber(input);
  if (input.codeAt(input.position) !== DOT) throw input.scanFault("did not find expected digit or '.' character");
  input.position++;
  token.value = `${major}.${scanNumber(input)}`;
}

function scanNumber(input: Input): number {
  const start = input.position;
  while (isVersionDigit(input.codeAt(input.position))) {
    if (input.position === start + 2) throw input.scanFault('found extremely long version number');
    input.position++;
  }
  if (input.position === start) throw input.scanFault('did not find expected version number');
  return Number(input.text.slice(start, input.position));
}

function scanTagPrefix(input: Input, token: Token): void {
  token.type = 'tag directive';
  scanWhile(input, isBlank);
  token.value = scanTagHandle(input);
  if (!token.value.endsWith('!')) throw input.scanFault("did not find expected '!'");
  if (!isBlank(input.codeAt(input.position))) throw input.scanFault('did not find expected whitespace');
  scanWhile(input, isBlank);
  token.suffix = scanTagUri(input);
  if (!isBlankOrEnd(input.codeAt(input.position))) {
    throw input.scanFault('did not find expected whitespace or line break');
  }
}

function scanWhile(input: Input, test: (code: number) => boolean): string {
  const start = input.position;
  while (test(input.codeAt(input.position))) input.position++;
  return input.text.slice(start, input.position);
}

function isVersionDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
