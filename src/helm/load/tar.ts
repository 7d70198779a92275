/** A member of a tar archive. */
export interface TarEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly data: Uint8Array;
}

const BLOCK = 512;

/** A text that is not a tar archive, or one that ends too early: Go's message. */
export class TarError extends Error {}

/**
 * Reads the members of a tar archive: ustar with `prefix`, pax (`path`, `size`) and GNU long names (POSIX.1-2017, pax,
 * "ustar Interchange Format" and "pax Header Block"). Links and devices are members without data.
 * @throws TarError
 */
export function* readTar(bytes: Uint8Array): Generator<TarEntry> {
  let pax = new Map<string, string>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    checkSum(header);
    const type = String.fromCharCode(header[156] ?? 0);
    const size = Number(pax.get('size') ?? readOctal(header, 124, 12));
    const start = at + BLOCK;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > bytes.length) throw new TarError('unexpected EOF');
    const data = bytes.subarray(start, start + size);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'x') pax = readPax(data);
    else if (type === 'L') longName = readText(data, 0, data.length);
    else if (type !== 'g' && type !== 'K') {
      const name = pax.get('path') ?? longName ?? readName(header);
      const isRegular = type === '0' || type === '\0' || type === '7';
      const isFolder = type === '5' || (type === '\0' && name.endsWith('/'));
      yield { name, isFolder, data: isRegular ? data : data.subarray(0, 0) };
      pax = new Map();
      longName = undefined;
    }
  }
}

function checkSum(header: Uint8Array): void {
  let unsigned = 0;
  let signed = 0;
  header.forEach((byte, index) => {
    const value = index >= 148 && index < 156 ? 0x20 : byte;
    unsigned += value;
    signed += value > 0x7f ? value - 0x100 : value;
  });
  const expected = readOctal(header, 148, 8);
  if (expected !== unsigned && expected !== signed) throw new TarError('archive/tar: invalid tar header');
}

function readName(header: Uint8Array): string {
  const name = readText(header, 0, 100);
  // GNU's own format (`ustar  `) has other fields where POSIX has the prefix.
  const prefix = readText(header, 257, 6) === 'ustar' ? readText(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function readText(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

/** Octal digits, or a big-endian number after a byte 0x80. */
function readOctal(header: Uint8Array, start: number, length: number): number {
  const first = header[start] ?? 0;
  if ((first & 0x80) === 0) {
    const digits = readText(header, start, length).trim();
    return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
  }
  let value = first & 0x7f;
  for (let index = start + 1; index < start + length; index++) value = value * 256 + (header[index] ?? 0);
  return value;
}

/** Records of the form `LENGTH KEY=VALUE\n`, the length in bytes. */
function readPax(data: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(0x20, at);
    const length = space === -1 ? NaN : Number(readText(data, at, space - at));
    if (!Number.isSafeInteger(length) || length < 5 || at + length > data.length) {
      throw new TarError('archive/tar: invalid tar header');
    }
    const record = new TextDecoder().decode(data.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
