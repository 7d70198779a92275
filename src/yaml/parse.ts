import type { Range, SourceText } from '../text/source.ts';
import type { Fault, ParsedDocument } from './document.ts';
import { explainFault } from './explain-fault.ts';
import { YamlFault } from './fault.ts';
import { Input } from './input.ts';
import { readDocuments } from './read-documents.ts';
import type { RepeatedKey } from './repeated-key.ts';
import type { Reading } from './reading.ts';
import type { ScalarSchema } from './scalar.ts';
import { splitDocuments } from './split-documents.ts';
import { findUnprintable } from './unprintable.ts';

/** Deeper than any manifest (the deepest public CRDs reach about 60) and far from the end of the stack. */
const MAX_DEPTH = 250;

/**
 * Reads the documents of a source one by one, with zero-based offsets into its text.
 * A fault costs the document that it is in; the others are read.
 */
export function* parseDocuments(source: SourceText, schema: ScalarSchema = 'kubernetes'): Generator<ParsedDocument> {
  for (const section of splitDocuments(source.text)) yield* parseSection(source, section, schema);
}

/**
 * Reads the documents of a file that Helm reads: a values file, Chart.yaml, a schema. Helm passes over tags that there are
 * not.
 */
export function* parseHelmFile(source: SourceText): Generator<ParsedDocument> {
  for (const section of splitDocuments(source.text)) yield* parseSection(source, section, 'kubernetes', false);
}

/** Reads what stands between two `---` lines of a source: a document, and those that `...` lines may end before it. */
export function* parseSection(
  source: SourceText,
  section: Range,
  schema: ScalarSchema = 'kubernetes',
  isStrict = true,
): Generator<ParsedDocument> {
  const { text } = source;
  const { start, end } = section;
  const repeats: RepeatedKey[] = [];
  const onRepeat = (repeat: RepeatedKey): void => void repeats.push(repeat);
  const reading: Reading = { schema, isStrict, onRepeat, maxDepth: MAX_DEPTH };
  // kubectl reads a text that begins with a brace as JSON; YAML 1.2 has the escapes of JSON.
  const allowsJsonEscapes = schema === 'core' || isJson(text);
  try {
    const unprintable = start + findUnprintable(text.slice(start, end));
    if (unprintable < end) throw new YamlFault('control characters are not allowed', unprintable, unprintable + 1);
    for (const root of readDocuments(new Input(text, start, end, allowsJsonEscapes), reading)) {
      const document = { source, start, end, root, template: readTemplateName(text, start) };
      yield { document, repeats: repeats.filter(({ second }) => root !== undefined && isInside(second, root)) };
    }
  } catch (error) {
    yield { fault: toFault(error, text, section, reading), repeats };
  }
}

function isInside(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether kubectl reads a text as JSON. */
function isJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

const SOURCE_COMMENT = /(?:---[^\r\n]*(?:\r?\n))?(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*?# Source: ([^\r\n]+)/y;

/** The template of the section that begins at an offset: Helm writes `# Source: chart/templates/file.yaml` above each object. */
export function readTemplateName(text: string, start: number): string | undefined {
  SOURCE_COMMENT.lastIndex = start;
  return SOURCE_COMMENT.exec(text)?.[1]?.trim();
}

function toFault(error: unknown, text: string, { start, end }: Range, reading: Reading): Fault {
  if (!(error instanceof YamlFault)) throw error;
  const written = text.slice(start, end);
  const offset = error.range.start;
  // At the end of the document the place is after the last word, not on a line that does not exist.
  const isAtEnd = text.slice(offset, end).trim() === '';
  const endOfText = start + written.trimEnd().length;
  const range = isAtEnd ? { start: endOfText, end: endOfText } : error.range;
  const message = explainFault(error, text, isAtEnd, reading);
  const hint = written.includes('{{') ? ' This looks like a Helm template: lint what `helm template` prints.' : '';
  return { message: message + hint, ...range };
}
