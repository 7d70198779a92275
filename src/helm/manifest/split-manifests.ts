import type { Range } from '../../text/source.ts';
import { trimSpace } from '../go/trim-space.ts';

/**
 * The documents of a rendered file as ranges into its text, white space around them left out.
 * A separator is what Helm's `(?:^|\s*\n)---\s*` matches (`releaseutil.SplitManifests`): white space after one belongs
 * to it, so a second `---` right after it is content. Pieces without a character are not documents.
 */
export function splitManifests(text: string): readonly Range[] {
  const whole = trimSpace(text);
  const documents: Range[] = [];
  let start = whole.start;
  for (const separator of findSeparators(text, whole)) {
    if (separator.start > start) documents.push(trimSpace(text, start, separator.start));
    start = separator.end;
  }
  if (whole.end > start) documents.push(trimSpace(text, start, whole.end));
  return documents;
}

function* findSeparators(text: string, { start, end }: Range): Generator<Range> {
  let behind = start;
  for (let at = text.indexOf('---', start); at !== -1 && at < end; at = text.indexOf('---', at + 1)) {
    if (at < behind) continue;
    let from = at;
    if (at !== start) {
      if (at === behind || text.charCodeAt(at - 1) !== 0x0a) continue;
      while (from > behind && isRegexpSpace(text.charCodeAt(from - 1))) from--;
    }
    behind = at + 3;
    while (behind < end && isRegexpSpace(text.charCodeAt(behind))) behind++;
    yield { start: from, end: behind };
  }
}

/** `\s` of Go's regexp: without `\v` and all beyond ASCII. */
function isRegexpSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0c || code === 0x0d;
}
