import { CorruptInputError } from './base64.ts';
import { fromBytes, toBytes } from '../value/bytes.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const PAD = 0x3d;

/** A text's bytes in base32 (RFC 4648), with padding. */
export function encodeBase32(text: string): string {
  const bytes = toBytes(text);
  const digits = Buffer.alloc(Math.ceil(bytes.length / 5) * 8, PAD);
  let at = 0;
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      digits[at++] = ALPHABET.charCodeAt((bits >> count) & 31);
    }
    bits &= (1 << count) - 1;
  }
  if (count > 0) digits[at] = ALPHABET.charCodeAt((bits << (5 - count)) & 31);
  return digits.toString('latin1');
}

/** Decodes as `base32.StdEncoding.DecodeString` does. Throws `CorruptInputError`; offsets do not count line breaks. */
export function decodeBase32(text: string): string {
  const digits = toBytes(text).filter((byte) => byte !== 10 && byte !== 13);
  const bytes = new Uint8Array(Math.ceil((digits.length * 5) / 8));
  let size = 0;
  let bits = 0;
  let count = 0;
  const { length } = digits;
  for (let at = 0; at < length; at++) {
    const byte = digits[at] ?? 0;
    const inQuantum = at % 8;
    if (byte === PAD && inQuantum >= 2 && length - at - 1 < 8) {
      checkPadding(digits, at, inQuantum);
      return fromBytes(bytes.subarray(0, size));
    }
    const value = ALPHABET.indexOf(String.fromCharCode(byte));
    if (value < 0) throw new CorruptInputError('base32', at);
    bits = ((bits << 5) | value) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes[size++] = (bits >> count) & 0xff;
  }
  if (length % 8 !== 0) throw new CorruptInputError('base32', length - (length % 8));
  return fromBytes(bytes.subarray(0, size));
}

function checkPadding(digits: Uint8Array, at: number, inQuantum: number): void {
  const rest = digits.length - at - 1;
  if (rest + inQuantum < 7) throw new CorruptInputError('base32', digits.length);
  for (let index = 0; index < 7 - inQuantum; index++) {
    if (rest > index && digits[at + 1 + index] !== PAD) throw new CorruptInputError('base32', at + index);
  }
  if (inQuantum === 3 || inQuantum === 6) throw new CorruptInputError('base32', at);
}
