import { fromBytes } from '../value/bytes.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/y;
const ESCAPES = new RegExp(`(?:${ESCAPE.source})+`, 'g');

/** The text of a string literal in either kind of quotes; undefined when an escape is none (Go's `strconv.Unquote`). */
export function unquoteString(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`')) return body.replaceAll('\r', '');
  if (!body.includes('\\')) return body;
  let isValid = true;
  // Escaped bytes next to each other can be one character, so a run of escapes is decoded as a whole.
  const text = body.replace(ESCAPES, (run) => {
    const decoded = decodeEscapes(run, '"');
    isValid &&= decoded !== undefined;
    return decoded ?? '';
  });
  return isValid ? text : undefined;
}

/** The code point of a character constant; undefined when an escape is none, null when it is not one character. */
export function unquoteCharacter(literal: string): number | undefined | null {
  const body = literal.slice(1, -1);
  if (body === '') return undefined;
  ESCAPE.lastIndex = 0;
  const first = body.startsWith('\\') ? ESCAPE.exec(body)?.[0] : String.fromCodePoint(body.codePointAt(0) ?? 0);
  if (first === undefined) return undefined;
  const code = first.startsWith('\\') ? escapedCode(first, "'") : first.codePointAt(0);
  if (code === undefined) return undefined;
  return first.length === body.length ? code : null;
}

function decodeEscapes(run: string, quote: string): string | undefined {
  let text = '';
  let bytes: number[] = [];
  for (const [escape] of run.matchAll(new RegExp(ESCAPE.source, 'g'))) {
    const code = escapedCode(escape, quote);
    if (code === undefined) return undefined;
    if (isByte(escape)) {
      bytes.push(code);
      continue;
    }
    text += fromBytes(Uint8Array.from(bytes)) + String.fromCodePoint(code);
    bytes = [];
  }
  return text + fromBytes(Uint8Array.from(bytes));
}

function isByte(escape: string): boolean {
  return /^\\[x0-7]/.test(escape);
}

function escapedCode(escape: string, quote: string): number | undefined {
  const kind = escape.charAt(1);
  if (escape.length === 2) return kind === quote ? quote.charCodeAt(0) : SIMPLE[kind]?.charCodeAt(0);
  if (kind === 'x') return Number.parseInt(escape.slice(2), 16);
  if (kind !== 'u' && kind !== 'U') {
    const code = Number.parseInt(escape.slice(1), 8);
    return code > 0xff ? undefined : code;
  }
  const code = Number.parseInt(escape.slice(2), 16);
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : code;
}
