import {
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  END,
  EXCLAMATION,
  GREATER_THAN,
  isBlankOrEnd,
  isNameCharacter,
  LESS_THAN,
  PERCENT,
  QUESTION,
} from './characters.ts';
import type { Input } from './input.ts';
import type { Token } from './token.ts';

/** Reads `&name` or `*name`. */
export function scanAnchor(input: Input, token: Token): void {
  const start = input.position;
  let end = start + 1;
  while (isNameCharacter(input.codeAt(end))) end++;
  if (end === start + 1 || !endsAnchor(input.codeAt(end))) {
    input.position = end;
    throw input.scanFault('did not find expected alphabetic or numeric character', Math.max(end, start + 1));
  }
  token.start = start;
  token.end = end;
  token.value = input.text.slice(start + 1, end);
  input.position = end;
}

function endsAnchor(code: number): boolean {
  return (
    isBlankOrEnd(code) ||
    code === QUESTION ||
    code === COLON ||
    code === COMMA ||
    code === CLOSING_BRACKET ||
    code === CLOSING_BRACE ||
    code === PERCENT ||
    code === 0x40 ||
    code === 0x60
  );
}

/** Reads `!suffix`, `!!suffix`, `!handle!suffix`, `!<uri>` or `!`. */
export function scanTag(input: Input, token: Token): void {
  token.start = input.position;
  if (input.codeAt(token.start + 1) === LESS_THAN) {
    input.position += 2;
    token.value = '';
    token.suffix = scanTagUri(input);
    if (input.codeAt(input.position) !== GREATER_THAN) throw input.scanFault("did not find the expected '>'");
    input.position++;
  } else {
    const handle = scanTagHandle(input);
    if (handle.length > 1 && handle.endsWith('!')) {
      token.value = handle;
      token.suffix = scanTagUri(input);
    } else {
      token.suffix = handle.slice(1) + scanTagUri(input, false);
      token.value = token.suffix === '' ? '' : '!';
      if (token.suffix === '') token.suffix = '!';
    }
  }
  if (!isBlankOrEnd(input.codeAt(input.position))) {
    throw input.scanFault('did not find expected whitespace or line break');
  }
  token.end = input.position;
}

/** Reads `!`, `!!` or `!name!`; of `!name` that is all. */
export function scanTagHandle(input: Input): string {
  const start = input.position;
  if (input.codeAt(start) !== EXCLAMATION) throw input.scanFault("did not find expected '!'");
  input.position++;
  while (isNameCharacter(input.codeAt(input.position))) input.position++;
  if (input.codeAt(input.position) === EXCLAMATION) input.position++;
  return input.text.slice(start, input.position);
}

const URI_PUNCTUATION = ";/?:@&=+$,.!~*'()[]";

export function scanTagUri(input: Input, isRequired = true): string {
  const start = input.position;
  let uri = '';
  while (true) {
    const code = input.codeAt(input.position);
    if (code === PERCENT) uri += scanUriEscape(input);
    else if (isNameCharacter(code) || (code !== END && URI_PUNCTUATION.includes(String.fromCharCode(code)))) {
      uri += input.text.charAt(input.position++);
    } else break;
  }
  if (isRequired && input.position === start) throw input.scanFault('did not find expected tag URI');
  return uri;
}

/** One character of `%` escapes. */
function scanUriEscape(input: Input): string {
  const bytes: number[] = [];
  let length = 1;
  do {
    const octet = /^%([0-9a-fA-F]{2})/.exec(input.text.slice(input.position, input.position + 3))?.[1];
    if (octet === undefined) throw input.scanFault('did not find URI escaped octet', input.position + 3);
    const byte = Number.parseInt(octet, 16);
    if (bytes.length === 0) length = sequenceLength(byte);
    if (length === 0) throw input.scanFault('found an incorrect leading UTF-8 octet', input.position + 3);
    if (bytes.length > 0 && (byte & 0xc0) !== 0x80) {
      throw input.scanFault('found an incorrect trailing UTF-8 octet', input.position + 3);
    }
    bytes.push(byte);
    input.position += 3;
  } while (bytes.length < length);
  return Buffer.from(bytes).toString('utf8');
}

function sequenceLength(byte: number): number {
  if ((byte & 0x80) === 0) return 1;
  if ((byte & 0xe0) === 0xc0) return 2;
  if ((byte & 0xf0) === 0xe0) return 3;
  return (byte & 0xf8) === 0xf0 ? 4 : 0;
}
