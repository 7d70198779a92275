/**
 * What line breaks become inside a plain or quoted scalar: one becomes a space, of several the first goes. Line and
 * paragraph separators stay.
 * @param breaks the first character of each line break
 */
export function foldBreaks(breaks: string): string {
  if (breaks === '\n' || breaks === '\r') return ' ';
  const lines = normalizeBreaks(breaks);
  if (!lines.startsWith('\n')) return lines;
  return lines.length === 1 ? ' ' : lines.slice(1);
}

/** Line breaks as they are in values. */
export function normalizeBreaks(breaks: string): string {
  return breaks === '\n' ? breaks : breaks.replaceAll(/[\r\x85]/g, '\n');
}
