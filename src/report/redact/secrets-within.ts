import type { LintedSource } from '../../engine/result.ts';
import { SourceText, type Range } from '../../text/source.ts';
import { parseDocuments } from '../../yaml/parse.ts';
import { looksSecret } from '../../kube/secret-name.ts';
import type { IsSecretName } from '../../kube/secret-path.ts';
import { touching } from '../../text/touching.ts';
import { matchesAnyGlob } from '../../text/glob.ts';
import { DocumentRedaction } from './redact-document.ts';
import { TextRedaction } from './redact-text.ts';
import { shifted, type Redaction } from './redaction.ts';

/** A stretch of a source, and what must not be shown of it. Offsets are into the source. */
interface Excerpt extends Range {
  readonly redactions: readonly Redaction[];
}

/** What was read before: frames of one source often show the same excerpt. */
const excerptsOfSources = new WeakMap<LintedSource, Excerpt[]>();

/**
 * The ranges of a part of a source that hold secrets, and so are never shown: values under keys with a secret's name,
 * values that look like a secret, everything that a Secret holds, and what came from secrets of the values. Offsets are
 * into the source.
 */
export function secretsWithin(linted: LintedSource, { start: from, end: to }: Range): Range[] {
  const secrets = [...touching(linted.secrets ?? [], from, to)];
  for (let at = from; at < to;) {
    const excerpt = excerptAt(linted, at);
    for (const redaction of excerpt.redactions) secrets.push(...redaction.within(from, to));
    at = Math.max(at + 1, excerpt.end);
  }
  return secrets;
}

function excerptAt(linted: LintedSource, offset: number): Excerpt {
  let excerpts = excerptsOfSources.get(linted);
  if (excerpts === undefined) excerptsOfSources.set(linted, (excerpts = []));
  // The excerpt that was read last is the likeliest.
  const known = excerpts.findLast(({ start, end }) => start <= offset && offset < end);
  if (known !== undefined) return known;
  const document = linted.documents.find(({ start, end }) => start <= offset && offset < end);
  const { start, end } = document ?? gapAround(linted, offset);
  const isSecret: IsSecretName = (name) => looksSecret(name) || matchesAnyGlob(name, linted.secretKeys);
  const excerpt = { start, end, redactions: readExcerpt(linted.source, start, end, isSecret) };
  excerpts.push(excerpt);
  return excerpt;
}

/** The text between the `---` lines around an offset that no known document covers. */
function gapAround({ source, documents }: LintedSource, offset: number): Range {
  const low = documents.reduce((most, { end }) => (end <= offset ? Math.max(most, end) : most), 0);
  const high = documents.reduce(
    (least, { start }) => (start > offset ? Math.min(least, start) : least),
    source.text.length,
  );
  let { line } = source.positionAt(offset);
  while (source.offsetOfLine(line) > low && !isMarker(source, line)) line--;
  const start = Math.max(low, source.offsetOfLine(line));
  let endLine = source.positionAt(offset).line + 1;
  while (endLine <= source.lineCount && source.offsetOfLine(endLine) < high && !isMarker(source, endLine)) endLine++;
  return { start, end: Math.min(high, endLine > source.lineCount ? high : source.offsetOfLine(endLine)) };
}

function isMarker(source: SourceText, line: number): boolean {
  const at = source.offsetOfLine(line);
  return source.text.startsWith('---', at) && /^---(?:\s|$)/.test(source.text.slice(at, at + 4));
}

/** A document, or what is between those that parse. */
function readExcerpt(source: SourceText, start: number, end: number, isSecret: IsSecretName): Redaction[] {
  const text = source.text.slice(start, end);
  const excerpt = new SourceText(source.file, text);
  // Where files were joined, a byte order mark stands inside of the text.
  const base = end - excerpt.text.length;
  const redactions: Redaction[] = [];
  for (const { document } of parseDocuments(excerpt)) {
    if (document === undefined) return [shifted(new TextRedaction(text, isSecret), start)];
    redactions.push(shifted(new DocumentRedaction(document, isSecret), base));
  }
  return redactions;
}
