/** What UTF-8 says of strings in which the lone surrogates U+DC80–U+DCFF stand for bytes that are not UTF-8. */

let decoder: InstanceType<typeof TextDecoder> | undefined;

/** @throws TypeError for what is not UTF-8 */
function decode(bytes: Uint8Array): string {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return decoder.decode(bytes);
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** Go's order of strings: by bytes of UTF-8, which differs from JavaScript's above U+D7FF. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) return x < 0xd800 && y < 0xd800 ? x - y : Buffer.compare(toBytes(a), toBytes(b));
  }
  return a.length - b.length;
}

/** The number of bytes: Go's `len`. */
export function byteLength(text: string): number {
  return isAscii(text) ? text.length : toBytes(text).length;
}

export function toBytes(text: string): Uint8Array {
  if (!/[\ud800-\udfff]/.test(text)) return Buffer.from(text, 'utf8');
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
      index++;
      continue;
    }
    if (code < 0xdc80 || code > 0xdcff) continue;
    parts.push(Buffer.from(text.slice(start, index), 'utf8'), Uint8Array.of(code - 0xdc00));
    start = index + 1;
  }
  parts.push(Buffer.from(text.slice(start), 'utf8'));
  return Buffer.concat(parts);
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

/** Every byte that is not part of valid UTF-8 becomes its surrogate. */
export function fromBytes(bytes: Uint8Array): string {
  try {
    return decode(bytes);
  } catch {
    return decodeLoosely(bytes);
  }
}

function decodeLoosely(bytes: Uint8Array): string {
  let text = '';
  let start = 0;
  let index = 0;
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index);
    if (length > 0) {
      index += length;
      continue;
    }
    text += decode(bytes.subarray(start, index)) + String.fromCharCode(0xdc00 + (bytes[index] ?? 0));
    start = ++index;
  }
  return text + decode(bytes.subarray(start));
}

/** The length of the valid sequence that begins at an index; 0 when there is none (Unicode 16, table 3-7). */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[index + 1] ?? 0;
  const isTail = (at: number): boolean => ((bytes[at] ?? 0) & 0xc0) === 0x80;
  if (first >= 0xc2 && first <= 0xdf) return isTail(index + 1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const isSecond = second >= (first === 0xe0 ? 0xa0 : 0x80) && second <= (first === 0xed ? 0x9f : 0xbf);
    return isSecond && isTail(index + 2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const isSecond = second >= (first === 0xf0 ? 0x90 : 0x80) && second <= (first === 0xf4 ? 0x8f : 0xbf);
    return isSecond && isTail(index + 2) && isTail(index + 3) ? 4 : 0;
  }
  return 0;
}
