import { parseEvents, YAMLException } from 'js-yaml';
import type { Range, SourceText } from '../text/source.ts';
import { composeDocuments } from './compose.ts';
import type { Fault, ParsedDocument } from './document.ts';
import { YamlFault } from './fault.ts';
import { isDeficientIndentation, parseLoosely, withOriginalOffsets } from './loosen.ts';
import type { Node } from './node.ts';
import type { ScalarSchema } from './scalar.ts';

/** Deeper than any manifest (the deepest public CRDs reach about 60) and far from the end of the stack. */
const MAX_DEPTH = 250;

/**
 * Reads the documents of a source one by one, with zero-based offsets into its text.
 * A fault costs the document that it is in; the others are read.
 */
export function* parseDocuments(source: SourceText, schema: ScalarSchema = 'kubernetes'): Generator<ParsedDocument> {
  const keys = new Map<string, string>();
  for (const { start, end } of splitDocuments(source.text)) {
    const text = source.text.slice(start, end);
    try {
      for (const root of readRoots(text, start, schema, keys)) {
        yield { document: { source, start, end, root, template: readTemplateName(text) } };
      }
    } catch (error) {
      yield { fault: toFault(error, text, start) };
    }
  }
}

function readRoots(text: string, start: number, schema: ScalarSchema, keys: Map<string, string>): (Node | undefined)[] {
  try {
    return composeDocuments(text, start, parseEvents(text, { maxDepth: MAX_DEPTH }), schema, keys);
  } catch (error) {
    if (!isDeficientIndentation(error)) throw error;
    const loose = parseLoosely(text, MAX_DEPTH, error);
    const toSource = (offset: number): number => start + loose.toOriginal(offset);
    try {
      const roots = composeDocuments(loose.text, 0, loose.events, schema, keys);
      return roots.map((root) => root && withOriginalOffsets(root, toSource));
    } catch (fault) {
      if (!(fault instanceof YamlFault)) throw fault;
      throw new YamlFault(fault.message, { start: toSource(fault.range.start), end: toSource(fault.range.end) });
    }
  }
}

/**
 * The ranges between `---` lines. A line that begins with `---` and a space or line break ends a document wherever it
 * stands, even inside a quoted scalar (YAML 1.2, 9.1.2), so documents can be told apart without parsing them.
 */
function* splitDocuments(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  let searchFrom = 0;
  while (true) {
    const marker = findMarker(text, searchFrom);
    const end = marker === -1 ? text.length : marker;
    // Directives (`%YAML 1.1`) belong to the document after the marker.
    const isDirectives = marker !== -1 && /^(?:[^\S\n]*(?:#[^\n]*)?\n)*%/.test(text.slice(start, end));
    if (!isDirectives) {
      if (end > start) yield { start, end };
      start = end;
    }
    if (marker === -1) return;
    searchFrom = marker + 3;
  }
}

function findMarker(text: string, from: number): number {
  if (from === 0 && isMarker(text, 0)) return 0;
  for (let at = text.indexOf('---', from); at !== -1; at = text.indexOf('---', at + 3)) {
    if (at > 0 && isLineBreak(text.charCodeAt(at - 1)) && isMarker(text, at)) return at;
    while (text.charCodeAt(at + 3) === 0x2d) at++;
  }
  return -1;
}

function isMarker(text: string, at: number): boolean {
  if (!text.startsWith('---', at)) return false;
  const next = text.charCodeAt(at + 3);
  return Number.isNaN(next) || next === 0x20 || next === 0x09 || isLineBreak(next);
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

const SOURCE_COMMENT = /^(?:---[^\r\n]*(?:\r?\n))?(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*?# Source: ([^\r\n]+)/;

/** Helm writes `# Source: chart/templates/file.yaml` above each object. */
function readTemplateName(text: string): string | undefined {
  return SOURCE_COMMENT.exec(text)?.[1]?.trim();
}

/** Where the parser stops is given within the document's text. */
function toFault(error: unknown, text: string, start: number): Fault {
  if (error instanceof YamlFault) return { message: withHint(error.message, text), ...rangeOf(error.range) };
  if (!(error instanceof YAMLException)) throw error;
  const offset = Math.min(error.mark?.position ?? 0, text.length);
  // At the end of the text the place is behind the last word, not on a line that does not exist.
  const isAtEnd = text.slice(offset).trim() === '';
  const at = start + (isAtEnd ? text.trimEnd().length : offset);
  const message = isAtEnd ? describeEnd(error.reason) : describe(error.reason);
  return { message: withHint(message, text), start: at, end: at };
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}

const DESCRIPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^nesting exceeded/, `Nesting is deeper than ${MAX_DEPTH} levels. Flatten the document.`],
  [/^tab characters/, 'A tab is used for indentation. Indent with spaces.'],
  [
    /^deficient indentation/,
    'The line is indented too little for what it is part of. Indent it more, or close the bracket or quote above it.',
  ],
  [/^null byte/, 'The document contains a NUL byte. Remove it.'],
  [/non-printable/, 'The document contains a control character. Remove it or write it as an escape in double quotes.'],
  [/^unexpected end of the \w+ within an? (.+)/, 'The document ends inside a $1. Close it.'],
];

/** What is not closed by the end of the document; other faults may show there too. */
function describeEnd(reason: string): string {
  if (reason !== 'deficient indentation' && !reason.startsWith('unexpected end')) return describe(reason);
  return 'The document ends inside a bracket or a quote. Close it.';
}

function describe(reason: string): string {
  for (const [pattern, text] of DESCRIPTIONS) {
    const match = pattern.exec(reason);
    if (match !== null) return text.replace('$1', match[1] ?? '');
  }
  return `Not valid YAML: ${reason}.`;
}

function withHint(message: string, text: string): string {
  return text.includes('{{')
    ? `${message} This looks like a Helm template: lint what \`helm template\` prints.`
    : message;
}
