import { byteLength } from '../value/bytes.ts';

/** The 1-based line of an offset. Only a line feed begins a line for Go. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** `line:column` as Go's error messages write it: the column counts bytes from 0. */
export function positionText(text: string, offset: number): string {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return `${lineOf(text, offset)}:${byteLength(text.slice(lineStart, offset))}`;
}
