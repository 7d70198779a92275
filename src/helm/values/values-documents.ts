import type { Range } from '../../text/source.ts';
import { trimSpace } from '../go/trim-space.ts';

/**
 * The documents of a values file: Kubernetes' `YAMLReader` cuts at lines that begin with `---` and hold nothing more
 * than a comment, wherever they are. Such a line belongs to the document after it only when none came before.
 * @param refuse throws for a line that begins with `---` and goes on, given what follows
 */
export function* splitValuesDocuments(text: string, refuse: (rest: Range) => never): Generator<Range> {
  let start = 0;
  let isEmpty = true;
  for (let lineStart = 0; lineStart < text.length;) {
    const lineBreak = text.indexOf('\n', lineStart);
    const next = lineBreak === -1 ? text.length : lineBreak + 1;
    const isSeparator = text.startsWith('---', lineStart);
    if (isSeparator) {
      const rest = trimSpace(text, lineStart + 3, next);
      if (rest.start < rest.end && text[rest.start] !== '#') refuse(rest);
    }
    if (isSeparator && !isEmpty) {
      yield { start, end: lineStart };
      start = next;
      isEmpty = true;
    } else isEmpty = false;
    lineStart = next;
  }
  if (!isEmpty) yield { start, end: text.length };
}
