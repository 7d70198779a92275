import { toBytes } from '../../go/bytes.ts';
import { YamlError } from './yaml-error.ts';

/** What YAML allows nowhere: controls, and bytes that are not UTF-8 (which stand as halves of characters). */
const SUSPECT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]/g;

/** The first character that go-yaml does not read, and what it says of it. */
export function findUnreadable(text: string): YamlError | undefined {
  for (const { index } of text.matchAll(SUSPECT)) {
    const code = text.codePointAt(index) ?? 0;
    // Both halves of a character beyond U+FFFF.
    if (code > 0xffff || isSecondHalf(text, index)) continue;
    const isByte = code >= 0xdc80 && code <= 0xdcff;
    const problem = isByte ? utf8Problem(toBytes(text.slice(index, index + 4))) : 'control characters are not allowed';
    return new YamlError(`yaml: ${problem}`, index, index + 1);
  }
  return undefined;
}

function isSecondHalf(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  return code >= 0xdc00 && code < 0xe000 && before >= 0xd800 && before < 0xdc00;
}

function utf8Problem(bytes: Uint8Array): string {
  const [first = 0] = bytes;
  const length = first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
  if (length === 0) return 'invalid leading UTF-8 octet';
  if (bytes.length < length) return 'incomplete UTF-8 octet sequence';
  let code = first & (0x7f >> length);
  for (const byte of bytes.subarray(1, length)) {
    if ((byte & 0xc0) !== 0x80) return 'invalid trailing UTF-8 octet';
    code = (code << 6) | (byte & 0x3f);
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
  return code < least ? 'invalid length of a UTF-8 sequence' : 'invalid Unicode character';
}
