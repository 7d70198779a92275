import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import type { Location, Range, SourceText } from '../../text/source.ts';
import type { RunError } from '../result.ts';

/** Where a line of a document has the field behind a comment or a `---`, which swallows it. */
const GLUED = /^(?:(?:.*[ \t])?#.*|---\S*?)((?:apiVersion|kind):.*)$/m;

/**
 * What is wrong with a document that seems to have no `apiVersion` or `kind`, since the line is glued to the end of a
 * comment: `-}}` and `{{-` take the line break away. Undefined when there is no such line.
 */
export function explainGluedField(
  source: SourceText,
  document: Range,
): Pick<RunError, 'message' | 'location'> | undefined {
  const text = source.text.slice(document.start, document.end);
  const found = GLUED.exec(text);
  const written = found?.[1];
  if (found === null || written === undefined) return undefined;
  const lineEnd = document.start + found.index + found[0].length;
  const start = lineEnd - written.length;
  const field = written.slice(0, written.indexOf(':'));
  const said = `The object has no ${field}, so it cannot be linted: its line is glued to the end of the line above it`;
  const trim = source instanceof RenderedText ? findTrim(source, { start, end: start + field.length }) : undefined;
  if (trim === undefined) {
    const message = `${said}. Put ${field} on a line of its own.`;
    return { message, location: source.locate({ start, end: lineEnd }) };
  }
  const { marker, location } = trim;
  const message = `${said}, since ${marker} removes the line break. Write ${marker.replace('-', '')} there.`;
  return { message, location };
}

/** The trim in the template that stands before the text at a place. */
function findTrim(source: RenderedText, range: Range): { marker: string; location: Location } | undefined {
  const { place } = source.originOf(range);
  if (place === undefined) return undefined;
  const template = place.site.file.source;
  const before = template.text.slice(0, place.range.start);
  const trimmed = /-\}\}\s*$/.exec(before);
  if (trimmed !== null) return { marker: '-}}', location: template.locate(rangeOf(trimmed.index)) };
  // A text that an action prints may have its line break taken by the action itself.
  return template.text.startsWith('{{-', place.range.start)
    ? { marker: '{{-', location: template.locate(rangeOf(place.range.start)) }
    : undefined;
}

function rangeOf(start: number): Range {
  return { start, end: start + 3 };
}
