import { findTrim } from '../../helm/provenance/find-trim.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import type { Range, SourceText } from '../../text/source.ts';
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
  const range = { start, end: start + field.length };
  const place = source instanceof RenderedText ? source.originOf(range).place : undefined;
  const trim = place && findTrim(place);
  if (place === undefined || trim === undefined) {
    const message = `${said}. Put ${field} on a line of its own.`;
    return { message, location: source.locate({ start, end: lineEnd }) };
  }
  const { marker } = trim;
  const message = `${said}, since ${marker} removes the line break. Write ${marker.replace('-', '')} there.`;
  return { message, location: place.site.file.source.locate(trim.range) };
}
