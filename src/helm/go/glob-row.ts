/** One of several matchers of a fixed length that follow each other. */
export type RowTerm =
  | { readonly kind: 'text'; readonly text: string }
  /** `accepts` takes a code point; 0xFFFD for a byte that is no character. */
  | { readonly kind: 'character'; readonly accepts: (code: number) => boolean };

const INVALID = 0xfffd;
const encoder = new TextEncoder();

/**
 * Whether a path matches a pattern without `*` and `{`, as gobwas/glob 0.2 compares it: of the last character of each
 * part it takes the first byte alone, so that `a?.txt` does not match `aé.txt`, while `a?` matches `aé`.
 */
export function matchesRow(terms: readonly RowTerm[], path: string): boolean {
  const lengths = terms.map((term) => (term.kind === 'text' ? [...term.text].length : 1));
  if ([...path].length !== lengths.reduce((sum, length) => sum + length, 0)) return false;
  const bytes = encoder.encode(path);
  let at = 0;
  return terms.every((term, index) => {
    let next = at;
    for (let count = 1; count < (lengths[index] ?? 0); count++) next += decode(bytes, next).width;
    if (next >= bytes.length) return false;
    const part = bytes.subarray(at, next + 1);
    at = next + 1;
    if (term.kind === 'character') return term.accepts(decode(part, 0).code);
    const wanted = encoder.encode(term.text);
    return part.length === wanted.length && part.every((byte, offset) => byte === wanted[offset]);
  });
}

function decode(bytes: Uint8Array, at: number): { readonly code: number; readonly width: number } {
  const first = bytes[at] ?? 0;
  const width = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  // The path is whole characters; what begins inside of one, or ends there, is not.
  if (width === 0 || at + width > bytes.length) return { code: INVALID, width: 1 };
  const text = new TextDecoder().decode(bytes.subarray(at, at + width));
  return { code: text.codePointAt(0) ?? INVALID, width };
}
