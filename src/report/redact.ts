import { redactText } from '../kube/redact.ts';
import { looksSecret } from '../kube/secret-name.ts';
import { detectSecretValue } from '../kube/secret-value.ts';
import { MASK, type FrameLines } from '../text/frame.ts';
import { SourceText, type Range } from '../text/source.ts';
import type { LintedSource } from '../engine/result.ts';
import type { Document } from '../yaml/document.ts';
import { entryOf, type Entry, type MappingNode, type Node, type ScalarNode } from '../yaml/node.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { isHarmless, secretsInText } from './redact-text.ts';

/** A stretch of a source, and what must not be shown of it. Offsets are into the source. */
interface Part extends Range {
  readonly secrets: readonly Range[];
}

const partsOfSources = new WeakMap<LintedSource, Map<number, Part>>();

/**
 * The ranges of some lines of a source that hold secrets, and so are never shown: values under keys with a secret's
 * name, values that look like a secret, and everything that a Secret holds. Offsets are into the source.
 */
export function secretsInLines(linted: LintedSource, { first, last }: FrameLines): Range[] {
  const { source } = linted;
  const from = source.offsetOfLine(first);
  const to = source.offsetOfLine(last + 1);
  const secrets: Range[] = [];
  for (let at = from; at < to;) {
    const part = partAt(linted, at);
    for (const range of part.secrets) if (range.start < to && range.end > from) secrets.push(range);
    at = Math.max(at + 1, part.end);
  }
  return secrets;
}

function partAt(linted: LintedSource, offset: number): Part {
  let parts = partsOfSources.get(linted);
  if (parts === undefined) partsOfSources.set(linted, (parts = new Map()));
  const document = linted.documents.find(({ start, end }) => start <= offset && offset < end);
  const { start, end } = document ?? gapAround(linted, offset);
  let part = parts.get(start);
  if (part === undefined) {
    const secrets = document === undefined ? secretsInGap(linted.source, start, end) : secretsInDocument(document);
    parts.set(start, (part = { start, end, secrets }));
  }
  return part;
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

/** A document that nothing was found in, or one that does not parse. */
function secretsInGap(source: SourceText, start: number, end: number): Range[] {
  const text = source.text.slice(start, end);
  const secrets: Range[] = [];
  for (const { document } of parseDocuments(new SourceText(source.file, text))) {
    if (document === undefined) return shift(secretsInText(text), start);
    secrets.push(...shift(secretsInDocument(document), start));
  }
  return secrets;
}

function secretsInDocument(document: Document): Range[] {
  return new DocumentRedaction(document).secrets();
}

function shift(ranges: readonly Range[], by: number): Range[] {
  return ranges.map(({ start, end }) => ({ start: start + by, end: end + by }));
}

/** Keys whose values name or describe a secret, and are not one: `secretKeyRef: {name, key}`. */
const DESCRIBING_KEYS = new Set([
  ...['name', 'key', 'namespace', 'optional', 'secretName', 'items', 'path', 'mode', 'defaultMode', 'apiVersion'],
  ...['kind', 'group', 'type', 'property', 'version', 'audience', 'expirationSeconds', 'enabled', 'create'],
]);
const NAME_KEYS = ['name', 'key'];
const VALUE_KEYS = ['value', 'default'];

class DocumentRedaction {
  readonly #document: Document;
  readonly #secrets: Range[] = [];
  readonly #scalars: Range[] = [];
  readonly #seen = new Set<Node>();
  readonly #hidden = new Set<Node>();
  #isSecret = false;

  constructor(document: Document) {
    this.#document = document;
  }

  secrets(): Range[] {
    if (this.#document.root !== undefined) this.#visit(this.#document.root, undefined);
    this.#comments();
    return this.#secrets;
  }

  /** @param listKind the kind that the items of a typed list have */
  #visit(node: Node, listKind: string | undefined): void {
    // Aliases share nodes.
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    switch (node.kind) {
      case 'scalar':
        this.#scalars.push(contentOf(this.#document, node));
        this.#visitScalar(node);
        return;
      case 'sequence':
        this.#visitItems(node.items, listKind);
        return;
      case 'mapping':
        this.#visitMapping(node, listKind);
    }
  }

  #visitItems(items: readonly Node[], listKind: string | undefined): void {
    let isFlagged = false;
    for (const item of items) {
      const text = item.kind === 'scalar' && typeof item.value === 'string' ? item.value : undefined;
      if (isFlagged && text?.startsWith('-') === false) this.#hide(item);
      const flag = text === undefined ? undefined : /^--?([\p{L}\p{N}_.-]+)$/u.exec(text)?.[1];
      isFlagged = flag !== undefined && looksSecret(flag);
      this.#visit(item, listKind);
    }
  }

  #visitMapping(node: MappingNode, listKind: string | undefined): void {
    const kind = node.entries.find(({ key }) => key.toLowerCase() === 'kind');
    const kindName = stringOf(kind?.value) ?? listKind;
    const itemKind = kindName?.endsWith('List') === true ? kindName.slice(0, -'List'.length) : undefined;
    const isSecret = /^(?:sealed|external)?secret$/i.test(kindName ?? '');
    this.#isSecret ||= isSecret;
    const namesSecret = NAME_KEYS.some((key) => {
      const name = stringOf(entryOf(node, key)?.value);
      return name !== undefined && looksSecret(name);
    });
    for (const entry of node.entries) {
      this.#visit(entry.keyNode, undefined);
      if (isSecret && (entry.key === 'data' || entry.key === 'spec')) this.#visitSecretPart(entry);
      else if (entry.key === 'stringData' || entry.key === 'encryptedData') this.#hide(entry.value);
      else if (namesSecret && VALUE_KEYS.includes(entry.key)) this.#hide(entry.value);
      else if (looksSecret(entry.key)) this.#hideUnlessDescribing(entry.value);
      this.#visit(entry.value, entry.key === 'items' ? itemKind : undefined);
    }
  }

  /** `data` of a Secret; `spec.template.data` of a SealedSecret; `spec.target.template.data` of an ExternalSecret. */
  #visitSecretPart({ key, value }: Entry): void {
    const holders =
      key === 'data'
        ? [value]
        : [
            ['template', 'data'],
            ['target', 'template', 'data'],
          ].map((path) => below(value, path));
    for (const holder of holders) if (holder !== undefined) this.#hide(holder);
  }

  /** Hides every scalar of a node, whatever its key. */
  #hide(node: Node): void {
    if (this.#hidden.has(node)) return;
    this.#hidden.add(node);
    if (node.kind === 'scalar') this.#hideScalar(node);
    else if (node.kind === 'sequence') for (const item of node.items) this.#hide(item);
    else for (const entry of node.entries) this.#hide(entry.value);
  }

  /** Under `secretKeyRef` and the like stand the names of secrets, which may be shown. */
  #hideUnlessDescribing(node: Node): void {
    if (node.kind === 'scalar') this.#hideScalar(node);
    else if (node.kind === 'sequence') for (const item of node.items) this.#hideUnlessDescribing(item);
    else {
      for (const { key, value } of node.entries) {
        if (value.kind !== 'scalar' || !DESCRIBING_KEYS.has(key)) this.#hideUnlessDescribing(value);
      }
    }
  }

  #hideScalar(node: ScalarNode): void {
    if (typeof node.value === 'boolean' || node.value === null) return;
    if (typeof node.value === 'string' && isHarmless(node.value)) return;
    this.#hideLines(contentOf(this.#document, node));
  }

  /** Masks leave the indentation in place. */
  #hideLines({ start, end }: Range): void {
    const text = this.#document.source.text.slice(start, end);
    for (const match of text.matchAll(/[^\r\n]+/g)) {
      const indent = /^\s*/.exec(match[0])?.[0].length ?? 0;
      if (indent < match[0].length) {
        this.#secrets.push({ start: start + match.index + indent, end: start + match.index + match[0].length });
      }
    }
  }

  #visitScalar(node: ScalarNode): void {
    if (typeof node.value !== 'string') return;
    const content = contentOf(this.#document, node);
    const written = this.#document.source.text.slice(content.start, content.end);
    if (node.style === 'block') {
      const isFolded = indicatorOf(this.#document, node) !== '|';
      const isSecret =
        detectSecretValue(node.value) !== undefined || (isFolded && secretsInText(node.value).length > 0);
      if (isSecret) this.#hideLines(content);
      else this.#secrets.push(...shift(secretsInText(written), content.start));
      return;
    }
    const secrets = secretsInValue(node.value);
    if (secrets.length === 0) return;
    if (written === node.value) this.#secrets.push(...shift(secrets, content.start));
    else this.#hideLines(content);
  }

  /** Comments are no nodes: what is commented out is read as text, and a Secret's comments are not shown at all. */
  #comments(): void {
    const { source, start, end } = this.#document;
    const text = source.text.slice(start, end);
    const scalars = this.#scalars.toSorted((a, b) => a.start - b.start);
    let next = 0;
    let block: { start: number; end: number } | undefined;
    for (const match of text.matchAll(/(?<=^|[ \t])#[^\r\n]*/gm)) {
      const at = start + match.index;
      while (next < scalars.length && (scalars[next]?.end ?? 0) <= at) next++;
      if ((scalars[next]?.start ?? at + 1) <= at) continue;
      if (this.#isSecret) {
        if (!match[0].startsWith('# Source: ')) this.#secrets.push({ start: at, end: at + match[0].length });
        continue;
      }
      // Comments on consecutive lines are one text.
      if (block !== undefined && source.text.slice(block.end, at).trim() === '') block.end = at + match[0].length;
      else {
        this.#comment(block);
        block = { start: at, end: at + match[0].length };
      }
    }
    this.#comment(block);
  }

  #comment(block: Range | undefined): void {
    if (block === undefined) return;
    const text = this.#document.source.text.slice(block.start, block.end);
    this.#secrets.push(...shift(secretsInText(text), block.start));
  }
}

function secretsInValue(value: string): Range[] {
  const ranges: Range[] = [];
  for (let from = 0; from < value.length;) {
    const found = detectSecretValue(value, from);
    if (found === undefined) break;
    ranges.push({ start: found.start, end: found.end });
    from = Math.max(from + 1, found.end);
  }
  // A mask can change how its surroundings read.
  if (ranges.length > 0 && redactText(value) !== maskRanges(value, ranges)) return [{ start: 0, end: value.length }];
  if (/[:=]|\s-|^-/.test(value)) ranges.push(...secretsInText(value));
  return ranges;
}

function maskRanges(value: string, ranges: readonly Range[]): string {
  return ranges.reduceRight((shown, { start, end }) => shown.slice(0, start) + MASK + shown.slice(end), value);
}

/** What a scalar token holds: inside the quotes, below the `|`. */
function contentOf(document: Document, node: ScalarNode): Range {
  const { start, end } = node;
  switch (node.style) {
    case 'plain':
      return node;
    case 'quoted':
      return { start: Math.min(start + 1, end), end: Math.max(start + 1, end - 1) };
    case 'block': {
      if (indicatorOf(document, node) === undefined) return node;
      const lineBreak = /\r\n?|\n/g;
      lineBreak.lastIndex = start;
      const isEmpty = lineBreak.exec(document.source.text) === null;
      return { start: isEmpty ? end : Math.min(end, lineBreak.lastIndex), end };
    }
  }
}

/** The `|` or `>` that a block begins with; what begins a line could as well be the block's content. */
function indicatorOf({ source }: Document, { start }: ScalarNode): string | undefined {
  const before = source.text.slice(source.offsetOfLine(source.positionAt(start).line), start);
  return before.trim() === '' ? undefined : source.text[start];
}

function stringOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function below(node: Node | undefined, path: readonly string[]): Node | undefined {
  return path.reduce((at, key) => (at?.kind === 'mapping' ? entryOf(at, key)?.value : undefined), node);
}
