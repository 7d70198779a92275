import { DOT, HASH, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isNameCharacter } from './characters.ts';
import { YamlFault } from './fault.ts';
import type { Input } from './input.ts';
import { scanTagHandle, scanTagUri } from './properties.ts';
import type { Token } from './token.ts';

/** Reads a line that begins with `%`. */
export function scanDirective(input: Input, token: Token): void {
  const start = input.position;
  token.start = start;
  input.position++;
  const name = scanWhile(input, isNameCharacter);
  if (!isBlankOrEnd(input.codeAt(input.position))) throw badDirective(input, start);
  scanWhile(input, isBlank);
  if (name === 'YAML') {
    token.type = 'version directive';
    const major = scanWhile(input, isDigit);
    const hasDot = input.codeAt(input.position) === DOT;
    input.position++;
    const minor = scanWhile(input, isDigit);
    if (!hasDot || !/^\d\d?\.\d\d?$/.test(`${major}.${minor}`)) throw badDirective(input, start);
    token.value = `${Number(major)}.${Number(minor)}`;
  } else if (name === 'TAG') {
    token.type = 'tag directive';
    token.value = scanTagHandle(input);
    const isHandle = token.value === '!' || token.value.endsWith('!');
    if (!isHandle || !isBlank(input.codeAt(input.position))) throw badDirective(input, start);
    scanWhile(input, isBlank);
    token.suffix = scanTagUri(input);
    if (token.suffix === '' || !isBlankOrEnd(input.codeAt(input.position))) throw badDirective(input, start);
  } else throw badDirective(input, start);
  token.end = input.position;
  scanWhile(input, isBlank);
  if (input.codeAt(input.position) === HASH) input.position = input.endOfLine(input.position);
  if (!isBreakOrEnd(input.codeAt(input.position))) throw badDirective(input, start);
  if (isBreak(input.codeAt(input.position))) {
    input.position = input.afterBreak(input.position);
    input.lineStart = input.position;
  }
}

function scanWhile(input: Input, test: (code: number) => boolean): string {
  const start = input.position;
  while (test(input.codeAt(input.position))) input.position++;
  return input.text.slice(start, input.position);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function badDirective(input: Input, start: number): YamlFault {
  const message = 'A line that begins with % is a directive, and this is none. Put the text in quotes or indent it.';
  return new YamlFault(message, start, input.endOfLine(start));
}
