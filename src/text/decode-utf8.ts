import { SourceText, type Location } from './source.ts';

/** Why bytes are not a text, and where. */
interface Undecodable {
  readonly message: string;
  readonly place: Omit<Location, 'file'>;
}

/** UTF-8, strictly: a byte that is not text would otherwise be dropped or replaced silently. */
export function decodeUtf8(bytes: Uint8Array): string | Undecodable {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const at = locateByte(bytes, firstInvalidByte(bytes));
    const isBinary = bytes.subarray(0, 8000).includes(0);
    return {
      message: isBinary ? 'This is a binary file, not YAML. Leave it out.' : 'The file is not UTF-8. Save it as UTF-8.',
      place: at,
    };
  }
  const nul = bytes.indexOf(0);
  if (nul === -1) return text;
  return {
    message: 'The file contains a NUL byte: it is binary, not YAML. Leave it out.',
    place: locateByte(bytes, nul),
  };
}

function firstInvalidByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  const decodes = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (decodes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function locateByte(bytes: Uint8Array, offset: number): Undecodable['place'] {
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, offset));
  const { line, column } = new SourceText('', before).positionAt(before.length);
  return { line, column, endLine: line, endColumn: column + 1 };
}
