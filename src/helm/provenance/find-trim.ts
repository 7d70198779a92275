import type { Range } from '../../text/source.ts';
import type { OriginIndex, TemplatePlace } from './origin-index.ts';

/** A trim that takes a line break away, and its place in its template. */
export interface Trim {
  readonly marker: '-}}' | '{{-';
  readonly range: Range;
}

/** A key, or an item of a list, as far as it says that a line should begin here. */
const LINE_BEGINNING = /^(?:["']?[\w./-]+["']?:(?:\s|$)|- )/;

/** The trim in the template that stands before a place. */
export function findTrim({ site, range }: TemplatePlace): Trim | undefined {
  const { text } = site.file.source;
  const trimmed = /-\}\}\s*$/.exec(text.slice(0, range.start));
  if (trimmed !== null) return { marker: '-}}', range: rangeOf(trimmed.index) };
  // A text that an action prints may have its line break taken by the action itself.
  return text.startsWith('{{-', range.start) ? { marker: '{{-', range: rangeOf(range.start) } : undefined;
}

/**
 * Where a line of rendered text has two lines of a template in it, since `-}}` took the line break between them away.
 * @param at zero-based; what comes after it is not looked at
 */
export function findGluedLine(
  text: string,
  index: OriginIndex,
  at: number,
): (Trim & { readonly place: TemplatePlace }) | undefined {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  let next: TemplatePlace | undefined;
  for (let offset = at; offset >= lineStart; offset--) {
    const { place } = index.originOf({ start: offset, end: offset + 1 });
    const isContinued =
      next !== undefined && place?.site.file === next.site.file && place.range.end === next.range.start;
    if (next !== undefined && !isContinued) {
      const trim = LINE_BEGINNING.test(text.slice(offset + 1)) ? findTrim(next) : undefined;
      if (trim?.marker === '-}}' && hasLineBreak(next, trim)) return { ...trim, place: next };
    }
    next = place?.isExact === true ? place : undefined;
  }
  return undefined;
}

function hasLineBreak({ site, range }: TemplatePlace, trim: Trim): boolean {
  return site.file.source.text.slice(trim.range.end, range.start).includes('\n');
}

function rangeOf(start: number): Range {
  return { start, end: start + 3 };
}
