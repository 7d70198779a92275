import { redactText } from '../../kube/redact.ts';
import { DESCRIBING_KEYS, type IsSecretName } from '../../kube/secret-path.ts';
import { detectSecretValue } from '../../kube/secret-value.ts';
import { MASK } from '../../text/mask.ts';
import type { Range } from '../../text/source.ts';
import { touching } from '../../text/touching.ts';
import type { Document } from '../../yaml/document.ts';
import { type Entry, type MappingNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { isHarmless, secretsInText, TextRedaction } from './redact-text.ts';
import { shift, shifted, type Redaction } from './redaction.ts';

/** What says what a Secret is; under any other key, a misspelt one too, it holds secrets. */
const OPEN_SECRET_KEYS = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable']);
const SECRET_KIND = /^(?:sealed|external)?secret$/i;
const NAME_KEYS = ['name', 'key'];
const VALUE_KEYS = ['value', 'default'];
const NOTHING: Redaction = { within: () => [] };

/** What must not be shown of a document that parses. */
export class DocumentRedaction implements Redaction {
  readonly #document: Document;
  readonly #isSecretName: IsSecretName;
  /** Scalars under a secret's key. */
  readonly #secrets: ScalarNode[] = [];
  readonly #scalars: ScalarNode[] = [];
  readonly #seen = new Set<Node>();
  readonly #hidden = new Set<Node>();
  readonly #redactions = new Map<Range, Redaction>();
  #comments: Range[] | undefined;
  /** Comments that may be a part of a value. */
  readonly #stray = new Set<Range>();
  #isSecret = false;

  constructor(document: Document, isSecretName: IsSecretName) {
    this.#document = document;
    this.#isSecretName = isSecretName;
    if (document.root !== undefined) this.#visit(document.root, undefined);
    // Merged mappings and aliases are visited out of order.
    this.#secrets.sort((a, b) => a.start - b.start);
    this.#scalars.sort((a, b) => a.start - b.start);
  }

  within(from: number, to: number): Range[] {
    const secrets: Range[] = [];
    for (const node of touching(this.#secrets, from, to))
      secrets.push(...this.#linesOf(contentOf(this.#document, node), from, to));
    for (const node of touching(this.#scalars, from, to)) {
      secrets.push(...this.#remember(node, () => this.#readScalar(node)).within(from, to));
    }
    this.#comments ??= this.#findComments();
    for (const comment of touching(this.#comments, from, to)) {
      secrets.push(...this.#remember(comment, () => this.#readComment(comment)).within(from, to));
    }
    return secrets;
  }

  #remember(range: Range, read: () => Redaction): Redaction {
    let redaction = this.#redactions.get(range);
    if (redaction === undefined) this.#redactions.set(range, (redaction = read()));
    return redaction;
  }

  /** @param listKind the kind that the items of a typed list have */
  #visit(node: Node, listKind: string | undefined): void {
    // Aliases share nodes.
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    switch (node.kind) {
      case 'scalar':
        if (node.end > node.start) this.#scalars.push(node);
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
      isFlagged = flag !== undefined && this.#isSecretName(flag);
      this.#visit(item, listKind);
    }
  }

  #visitMapping(node: MappingNode, listKind: string | undefined): void {
    const entries = entriesOf(node);
    const kinds = entries.flatMap(({ key, value }) => (key.toLowerCase() === 'kind' ? (stringOf(value) ?? []) : []));
    if (kinds.length === 0 && listKind !== undefined) kinds.push(listKind);
    // Two objects in one document may be a Secret and something else.
    const kindName = kinds.find((kind) => SECRET_KIND.test(kind)) ?? kinds[0];
    const itemKind = kindName?.endsWith('List') === true ? kindName.slice(0, -'List'.length) : undefined;
    const isSecret = SECRET_KIND.test(kindName ?? '');
    this.#isSecret ||= isSecret;
    const namesSecret = entries.some(({ key, value }) => {
      const name = NAME_KEYS.includes(key) ? stringOf(value) : undefined;
      return name !== undefined && this.#isSecretName(name);
    });
    for (const entry of entries) {
      const { key, start, end } = entry;
      this.#visit({ kind: 'scalar', start, end, value: key, style: 'plain' }, undefined);
      if (isSecret && (entry.key === 'data' || entry.key === 'spec')) this.#visitSecretPart(entry);
      else if (/^secret$/i.test(kindName ?? '') && !OPEN_SECRET_KEYS.has(entry.key)) this.#hide(entry.value);
      else if (entry.key === 'stringData' || entry.key === 'encryptedData') this.#hide(entry.value);
      else if (namesSecret && VALUE_KEYS.includes(entry.key)) this.#hide(entry.value);
      else if (this.#isSecretName(entry.key)) this.#hideUnlessDescribing(entry.value);
      this.#visit(entry.value, entry.key === 'items' ? itemKind : undefined);
    }
  }

  /** `data` of a Secret; `spec.template.data` of a SealedSecret; `spec.target.template.data` of an ExternalSecret. */
  #visitSecretPart({ key, value }: Entry): void {
    const holders =
      key === 'data'
        ? [value]
        : [
            // What SealedSecrets held before encryptedData.
            ['data'],
            ['template', 'data'],
            ['target', 'template', 'data'],
          ].flatMap((path) => below(value, path));
    for (const holder of holders) {
      // An ExternalSecret's data is a list of names.
      if (holder.kind !== 'sequence') this.#hide(holder);
    }
  }

  /** Hides every scalar of a node, whatever its key. */
  #hide(node: Node): void {
    if (this.#hidden.has(node)) return;
    this.#hidden.add(node);
    if (node.kind === 'scalar') this.#hideScalar(node);
    else if (node.kind === 'sequence') for (const item of node.items) this.#hide(item);
    else for (const entry of entriesOf(node)) this.#hide(entry.value);
  }

  /** Under `secretKeyRef` and the like are the names of secrets, which may be shown. */
  #hideUnlessDescribing(node: Node): void {
    if (node.kind === 'scalar') this.#hideScalar(node);
    else if (node.kind === 'sequence') for (const item of node.items) this.#hideUnlessDescribing(item);
    else {
      for (const { key, value } of entriesOf(node)) {
        if (value.kind !== 'scalar' || !DESCRIBING_KEYS.has(key)) this.#hideUnlessDescribing(value);
      }
    }
  }

  #hideScalar(node: ScalarNode): void {
    if (typeof node.value === 'boolean' || node.value === null) return;
    if (typeof node.value === 'string' && isHarmless(node.value)) return;
    if (node.end > node.start) this.#secrets.push(node);
  }

  /** Each line of a range on its own, so that the indentation stays in place. */
  #linesOf(range: Range, from: number, to: number): Range[] {
    const start = Math.max(range.start, from);
    const text = this.#document.source.text.slice(start, Math.min(range.end, to));
    return [...text.matchAll(/[^\s][^\r\n]*/g)].map((match) => {
      return { start: start + match.index, end: start + match.index + match[0].length };
    });
  }

  /** What gives itself away, in a value whose key says nothing. */
  #readScalar(node: ScalarNode): Redaction {
    const content = contentOf(this.#document, node);
    const whole: Redaction = { within: (from, to) => this.#linesOf(content, from, to) };
    if (typeof node.value !== 'string') return NOTHING;
    const written = this.#document.source.text.slice(content.start, content.end);
    if (node.style === 'block') {
      const isFolded = indicatorOf(this.#document, node) !== '|';
      const isSecret =
        detectSecretValue(node.value) !== undefined ||
        (isFolded && secretsInText(node.value, this.#isSecretName).length > 0);
      return isSecret ? whole : shifted(new TextRedaction(written, this.#isSecretName), content.start);
    }
    const secrets = secretsInValue(node.value, this.#isSecretName);
    if (secrets.length === 0) return NOTHING;
    return written === node.value ? { within: () => shift(secrets, content.start) } : whole;
  }

  /** Comments are not nodes. Those on consecutive lines are one text. */
  #findComments(): Range[] {
    const { source, start, end } = this.#document;
    const comments: { start: number; end: number }[] = [];
    let next = 0;
    const pattern = /(?<=^|[ \t"'\]}])#[^\r\n]*/gm;
    pattern.lastIndex = start;
    for (let match = pattern.exec(source.text); match !== null; match = pattern.exec(source.text)) {
      const at = match.index;
      if (at >= end) break;
      const isInScalar = (node: ScalarNode): boolean => contentOf(this.#document, node).start <= at && at < node.end;
      while (next < this.#scalars.length && (this.#scalars[next]?.end ?? 0) <= at) next++;
      const scalar = this.#scalars[next];
      if (scalar !== undefined && isInScalar(scalar)) {
        pattern.lastIndex = scalar.end;
        continue;
      }
      if (this.#followsLongText(this.#scalars[next - 1], at)) {
        const stray = { start: at, end: at + match[0].length };
        this.#stray.add(stray);
        comments.push(stray);
        continue;
      }
      const before = comments.at(-1);
      const isJoined = before !== undefined && source.text.slice(before.end, at).trim() === '';
      if (isJoined) before.end = at + match[0].length;
      else comments.push({ start: at, end: at + match[0].length });
    }
    return comments;
  }

  /** Behind quotes over several lines: one of them may be missing, and the comment be what another one holds. */
  #followsLongText(scalar: ScalarNode | undefined, at: number): boolean {
    if (scalar?.style !== 'quoted') return false;
    const { text } = this.#document.source;
    return /[\r\n]/.test(text.slice(scalar.start, scalar.end)) && !/[\r\n]/.test(text.slice(scalar.end, at));
  }

  /** What is commented out is read as text; of a Secret, only where it comes from is shown. */
  #readComment(comment: Range): Redaction {
    if (this.#stray.has(comment)) return { within: () => [comment] };
    const text = this.#document.source.text.slice(comment.start, comment.end);
    if (!this.#isSecret) return shifted(new TextRedaction(text, this.#isSecretName), comment.start);
    const secrets = [...text.matchAll(/#(?! Source: )[^\r\n]*/g)].map((match) => {
      return { start: comment.start + match.index, end: comment.start + match.index + match[0].length };
    });
    return { within: () => secrets };
  }
}

function secretsInValue(value: string, isSecretName: IsSecretName): Range[] {
  const ranges: Range[] = [];
  for (let from = 0; from < value.length;) {
    const found = detectSecretValue(value, from);
    if (found === undefined) break;
    ranges.push({ start: found.start, end: found.end });
    from = Math.max(from + 1, found.end);
  }
  // A mask can change how its surroundings read.
  if (ranges.length > 0 && redactText(value) !== maskRanges(value, ranges)) return [{ start: 0, end: value.length }];
  if (/[:=]|\s-|^-|\{\{/.test(value)) ranges.push(...secretsInText(value, isSecretName));
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

function below(node: Node, path: readonly string[]): Node[] {
  const [key, ...rest] = path;
  if (key === undefined) return [node];
  const entries = node.kind === 'mapping' ? entriesOf(node) : [];
  return entries.flatMap((entry) => (entry.key === key ? below(entry.value, rest) : []));
}

/** All that stand in the text: what a later entry of the same key replaces is not read, and yet it is shown. */
function entriesOf({ entries, lost }: MappingNode): readonly Entry[] {
  return lost === undefined ? entries : [...entries, ...lost].sort((a, b) => a.start - b.start);
}
