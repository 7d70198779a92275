import type { Range } from '../../text/source.ts';
import { trimSpace } from '../manifest/trim-space.ts';

/**
 * The documents of a values file: Kubernetes' `YAMLReader` cuts at lines that begin with `---` and hold nothing more
 * than a comment, wherever they stand. Such a line belongs to the document behind it only when none came before.
 */
export function* splitValuesDocuments(text: string): Generator<Range> {
  let start = 0;
  let isEmpty = true;
  for (let lineStart = 0; lineStart < text.length;) {
    const lineBreak = text.indexOf('\n', lineStart);
    const next = lineBreak === -1 ? text.length : lineBreak + 1;
    if (!isEmpty && isSeparator(text, lineStart, next)) {
      yield { start, end: lineStart };
      start = next;
      isEmpty = true;
    } else isEmpty = false;
    lineStart = next;
  }
  if (!isEmpty) yield { start, end: text.length };
}

function isSeparator(text: string, lineStart: number, lineEnd: number): boolean {
  if (!text.startsWith('---', lineStart)) return false;
  const rest = trimSpace(text, lineStart + 3, lineEnd);
  return rest.start === rest.end || text.charCodeAt(rest.start) === 0x23;
}
