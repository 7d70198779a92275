import { fromBytes, toBytes } from '../value/bytes.ts';

/** What Go's encoding/base64 and encoding/base32 report; its text is the same. */
export class CorruptInputError extends Error {
  override readonly name = 'CorruptInputError';

  /** The offset counts bytes from 0. */
  constructor(encoding: 'base32' | 'base64', offset: number) {
    super(`illegal ${encoding} data at input byte ${offset}`);
  }
}

/** A text's bytes in base64, with padding. */
export function encodeBase64(text: string): string {
  return Buffer.from(toBytes(text)).toString('base64');
}

/** Decodes as `base64.StdEncoding.DecodeString` does: padding is required, line breaks are skipped. */
export function decodeBase64(text: string): string {
  return fromBytes(decodeBase64Bytes(text));
}

/** As `decodeBase64`, to bytes. Throws `CorruptInputError`. */
export function decodeBase64Bytes(text: string): Uint8Array {
  const bytes = toBytes(text);
  check(bytes);
  return Buffer.from(text, 'base64');
}

function check(bytes: Uint8Array): void {
  let inQuantum = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (isLineBreak(byte)) continue;
    if (isBase64Digit(byte)) {
      inQuantum = (inQuantum + 1) % 4;
      continue;
    }
    if (byte !== PAD || inQuantum < 2) throw new CorruptInputError('base64', at);
    checkEnd(bytes, at, inQuantum);
    return;
  }
  if (inQuantum === 0) return;
  // Go counts the bytes it has read of the last four without the line breaks among them.
  throw new CorruptInputError('base64', bytes.length - inQuantum);
}

/** Checks what follows the first padding character. */
function checkEnd(bytes: Uint8Array, padding: number, inQuantum: number): void {
  let at = padding + 1;
  if (inQuantum === 2) {
    at = skipLineBreaks(bytes, at);
    if (at === bytes.length) throw new CorruptInputError('base64', at);
    if (bytes[at] !== PAD) throw new CorruptInputError('base64', at - 1);
    at++;
  }
  at = skipLineBreaks(bytes, at);
  if (at < bytes.length) throw new CorruptInputError('base64', at);
}

const PAD = 0x3d;

function skipLineBreaks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isLineBreak(bytes[at] ?? 0)) at++;
  return at;
}

function isLineBreak(byte: number): boolean {
  return byte === 10 || byte === 13;
}

function isBase64Digit(byte: number): boolean {
  const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  return isLetter || (byte >= 48 && byte <= 57) || byte === 0x2b || byte === 0x2f;
}
