import { CorruptInputError } from './base64.ts';
import { fromBytes, toBytes } from '../value/bytes.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const PAD = 0x3d;

/** A text's bytes in base32 (RFC 4648), with padding. */
export function encodeBase32(text: string): string {
  const digits: string[] = [];
  let bits = 0;
  let count = 0;
  for (const byte of toBytes(text)) {
    bits = (bits << 8) | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      digits.push(ALPHABET.charAt((bits >> count) & 31));
    }
    bits &= (1 << count) - 1;
  }
  if (count > 0) digits.push(ALPHABET.charAt((bits << (5 - count)) & 31));
  return digits.join('').padEnd(Math.ceil(digits.length / 8) * 8, '=');
}

/** Decodes as `base32.StdEncoding.DecodeString` does. Throws `CorruptInputError`; offsets do not count line breaks. */
export function decodeBase32(text: string): string {
  const digits = toBytes(text).filter((byte) => byte !== 10 && byte !== 13);
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  const { length } = digits;
  for (let at = 0; at < length; at++) {
    const byte = digits[at] ?? 0;
    const inQuantum = at % 8;
    if (byte === PAD && inQuantum >= 2 && length - at - 1 < 8) {
      checkPadding(digits, at, inQuantum);
      return fromBytes(Uint8Array.from(bytes));
    }
    const value = ALPHABET.indexOf(String.fromCharCode(byte));
    if (value < 0) throw new CorruptInputError('base32', at);
    bits = ((bits << 5) | value) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  if (length % 8 !== 0) throw new CorruptInputError('base32', length - (length % 8));
  return fromBytes(Uint8Array.from(bytes));
}

function checkPadding(digits: Uint8Array, at: number, inQuantum: number): void {
  const rest = digits.length - at - 1;
  if (rest + inQuantum < 7) throw new CorruptInputError('base32', digits.length);
  for (let index = 0; index < 7 - inQuantum; index++) {
    if (rest > index && digits[at + 1 + index] !== PAD) throw new CorruptInputError('base32', at + index);
  }
  if (inQuantum === 3 || inQuantum === 6) throw new CorruptInputError('base32', at);
}
