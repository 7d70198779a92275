import {
  ASTERISK,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  EXCLAMATION,
  GREATER_THAN,
  isBlankOrEnd,
  isNameCharacter,
  LESS_THAN,
  PERCENT,
  QUESTION,
} from './characters.ts';
import { YamlFault } from './fault.ts';
import type { Input } from './input.ts';
import type { Token } from './token.ts';

/** Reads `&name` or `*name`. */
export function scanAnchor(input: Input, token: Token): void {
  const start = input.position;
  let end = start + 1;
  while (isNameCharacter(input.codeAt(end))) end++;
  if (end === start + 1 || !endsAnchor(input.codeAt(end))) {
    const isAlias = input.codeAt(start) === ASTERISK;
    throw new YamlFault(
      isAlias
        ? 'A * begins an alias, and this is no name for one. Put the value in quotes if it is text.'
        : 'An & begins an anchor, and this is no name for one. Put the value in quotes if it is text.',
      start,
      Math.max(end, start + 1),
    );
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
  const start = input.position;
  token.start = start;
  if (input.codeAt(start + 1) === LESS_THAN) {
    input.position += 2;
    token.value = '';
    token.suffix = scanTagUri(input);
    if (token.suffix === '' || input.codeAt(input.position) !== GREATER_THAN) throw badTag(input, start);
    input.position++;
  } else {
    const handle = scanTagHandle(input);
    if (handle.length > 1 && handle.endsWith('!')) {
      token.value = handle;
      token.suffix = scanTagUri(input);
      if (token.suffix === '') throw badTag(input, start);
    } else {
      token.suffix = handle.slice(1) + scanTagUri(input);
      token.value = token.suffix === '' ? '' : '!';
      if (token.suffix === '') token.suffix = '!';
    }
  }
  if (!isBlankOrEnd(input.codeAt(input.position))) throw badTag(input, start);
  token.end = input.position;
}

/** Reads `!`, `!!` or `!name!`; of `!name` that is all. */
export function scanTagHandle(input: Input): string {
  const start = input.position;
  if (input.codeAt(start) !== EXCLAMATION) throw badTag(input, start);
  input.position++;
  while (isNameCharacter(input.codeAt(input.position))) input.position++;
  if (input.codeAt(input.position) === EXCLAMATION) input.position++;
  return input.text.slice(start, input.position);
}

const URI_PUNCTUATION = new Set(Array.from(";/?:@&=+$,.!~*'()[]%", (character) => character.charCodeAt(0)));

export function scanTagUri(input: Input): string {
  const start = input.position;
  let code = input.codeAt(start);
  while (isNameCharacter(code) || URI_PUNCTUATION.has(code)) code = input.codeAt(++input.position);
  const uri = input.text.slice(start, input.position);
  if (!uri.includes('%')) return uri;
  try {
    return decodeURIComponent(uri);
  } catch {
    throw badTag(input, start);
  }
}

function badTag({ text, position, end }: Input, start: number): YamlFault {
  const message = 'An ! begins a tag, and this is none. Put the value in quotes if it is text.';
  return new YamlFault(message, start, Math.min(Math.max(position, start + 1), end, text.length));
}

