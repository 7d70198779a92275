import { requireHeap } from '../memory/require-heap.ts';
import type { Anchor } from './anchors.ts';
import { findUnconvertible } from './convertible.ts';
import type { Directives } from './directives.ts';
import { YamlFault } from './fault.ts';
import { MappingDraft } from './mapping-draft.ts';
import { isMergeKey, type Key, NO_PROPERTIES, NodeBuilder, type Properties, type Tag } from './node-builder.ts';
import type { Node, ScalarNode } from './node.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import type { TokenReader } from './token-reader.ts';
import type { TokenType } from './token.ts';

/** Turns the tokens of a document into nodes, by the grammar of go-yaml v2's `parserc.go`. */
export class Composer {
  readonly #tokens: TokenReader;
  readonly #reading: Reading;
  readonly #builder: NodeBuilder;
  readonly #directives: Directives;
  #depth = 0;

  constructor(tokens: TokenReader, reading: Reading, directives: Directives) {
    this.#tokens = tokens;
    this.#reading = reading;
    this.#builder = new NodeBuilder(reading);
    this.#directives = directives;
  }

  /**
   * The document's node.
   * @throws YamlFault for what is wrong with it
   */
  compose(): Node {
    const root = this.#node(true, false);
    const fault = this.#builder.fault ?? (this.#builder.isSuspect ? findUnconvertible(root) : undefined);
    if (fault !== undefined) throw fault;
    return root;
  }

  /** @param isIndentless whether a list may appear in the column of the key that it belongs to */
  #node(isBlock: boolean, isIndentless: boolean): Node {
    requireHeap();
    switch (this.#tokens.token.type) {
      case 'scalar':
        return this.#scalar(NO_PROPERTIES);
      case 'alias':
        return this.#alias();
      case 'anchor':
      case 'tag':
        return this.#content(isBlock, isIndentless, this.#properties());
      default:
        return this.#content(isBlock, isIndentless, NO_PROPERTIES);
    }
  }

  #alias(): Node {
    const { start, end } = this.#tokens.token;
    const { node } = this.#builder.anchor(this.#tokens.token);
    this.#tokens.take();
    return node ?? { kind: 'scalar', start, end, value: null, style: 'plain' };
  }

  /** Anchor and tag, in either order. */
  #properties(): Properties {
    const tokens = this.#tokens;
    let anchor: Anchor | undefined;
    let tag: Tag | undefined;
    let isTagKnown = true;
    while (true) {
      const { type, value, start, end } = tokens.token;
      if (type === 'anchor' && anchor === undefined) anchor = this.#builder.anchors.open(value);
      else if (type === 'tag' && tag === undefined) {
        const name = this.#directives.tagName(tokens.token);
        isTagKnown = name !== undefined;
        tag = { name: name ?? '', start, end };
      } else break;
      tokens.take();
    }
    if (!isTagKnown) throw tokens.fault('found undefined tag handle', tag);
    return { anchor, tag };
  }

  #content(isBlock: boolean, isIndentless: boolean, properties: Properties): Node {
    const sizeBefore = this.#builder.anchors.size;
    const node = this.#contentNode(isBlock, isIndentless, properties);
    if (properties.anchor !== undefined) {
      properties.anchor.node = node;
      properties.anchor.size = this.#builder.anchors.size - sizeBefore;
    }
    return node;
  }

  #contentNode(isBlock: boolean, isIndentless: boolean, properties: Properties): Node {
    this.#builder.checkTag(properties.tag, this.#tokens.token.type);
    switch (this.#tokens.token.type) {
      case 'scalar':
        return this.#scalar(properties);
      case 'flow mapping start':
        return this.#flowMapping();
      case 'flow sequence start':
        return this.#flowSequence();
      case 'block mapping start':
        if (isBlock) return this.#blockMapping();
        break;
      case 'block sequence start':
        if (isBlock) return this.#blockSequence();
        break;
      case 'block entry':
        if (isIndentless) return this.#indentlessSequence();
    }
    if (properties !== NO_PROPERTIES) return this.#empty(properties);
    throw this.#tokens.fault('did not find expected node content');
  }

  #scalar({ tag }: Properties): ScalarNode {
    const node = this.#builder.scalar(this.#tokens.token, tag);
    this.#tokens.take();
    return node;
  }

  #empty({ tag }: Properties): ScalarNode {
    const at = this.#tokens.lastEnd;
    return this.#builder.scalar({ value: '', style: 'plain', start: at, end: at }, tag);
  }

  #blockSequence(): Node {
    const { start } = this.#enter();
    this.#tokens.take();
    const items: Node[] = [];
    while (this.#tokens.is('block entry')) {
      this.#tokens.take();
      const isEmpty = this.#tokens.is('block entry') || this.#tokens.is('block end');
      items.push(isEmpty ? this.#empty(NO_PROPERTIES) : this.#node(true, false));
    }
    if (!this.#tokens.is('block end')) throw this.#tokens.fault("did not find expected '-' indicator");
    this.#tokens.takeEnd();
    return this.#leaveSequence(start, items);
  }

  /** A list in the column of its key. */
  #indentlessSequence(): Node {
    const { start } = this.#enter();
    const items: Node[] = [];
    while (this.#tokens.is('block entry')) {
      this.#tokens.take();
      const isEmpty = this.#tokens.is('block entry') || this.#endsBlockEntry();
      items.push(isEmpty ? this.#empty(NO_PROPERTIES) : this.#node(true, false));
    }
    return this.#leaveSequence(start, items);
  }

  #flowSequence(): Node {
    const { start } = this.#enter();
    this.#tokens.take();
    const items: Node[] = [];
    while (!this.#tokens.is('flow sequence end')) {
      items.push(this.#tokens.is('key') ? this.#flowPair() : this.#node(false, false));
      this.#flowSeparator('flow sequence end', "did not find expected ',' or ']'");
    }
    this.#tokens.take();
    return this.#leaveSequence(start, items);
  }

  #blockMapping(): Node {
    const { start } = this.#enter();
    const draft = new MappingDraft();
    this.#tokens.take();
    while (this.#tokens.is('key')) {
      this.#tokens.take();
      const key = this.#endsBlockEntry() ? this.#emptyKey() : this.#key(true);
      let isEmpty = true;
      if (this.#tokens.is('value')) {
        this.#tokens.take();
        isEmpty = this.#endsBlockEntry();
      }
      this.#entry(draft, key, isEmpty, true);
    }
    if (!this.#tokens.is('block end')) throw this.#tokens.fault('did not find expected key');
    this.#tokens.takeEnd();
    return this.#leaveMapping(start, draft);
  }

  /** True when the key or value that should stand here is empty. */
  #endsBlockEntry(): boolean {
    return this.#tokens.is('key') || this.#tokens.is('value') || this.#tokens.is('block end');
  }

  #flowMapping(): Node {
    const { start } = this.#enter();
    const draft = new MappingDraft();
    this.#tokens.take();
    while (!this.#tokens.is('flow mapping end')) {
      if (this.#tokens.is('key')) {
        this.#tokens.take();
        const key = this.#isFlowValueOr('flow mapping end') ? this.#emptyKey() : this.#key(false);
        this.#flowValue(draft, key, 'flow mapping end');
      } else this.#entry(draft, this.#key(false), true, false);
      this.#flowSeparator('flow mapping end', "did not find expected ',' or '}'");
    }
    this.#tokens.take();
    return this.#leaveMapping(start, draft);
  }

  /** `key: value` in a list between brackets. */
  #flowPair(): Node {
    const { start } = this.#enter();
    const draft = new MappingDraft();
    this.#tokens.take();
    let key: Key;
    if (this.#isFlowValueOr('flow sequence end')) {
      key = this.#emptyKey();
      // go-yaml loses this token.
      this.#tokens.take();
    } else key = this.#key(false);
    this.#flowValue(draft, key, 'flow sequence end');
    return this.#leaveMapping(start, draft);
  }

  #flowValue(draft: MappingDraft, key: Key, terminator: TokenType): void {
    let isEmpty = true;
    if (this.#tokens.is('value')) {
      this.#tokens.take();
      isEmpty = this.#tokens.is('flow entry') || this.#tokens.is(terminator);
    }
    this.#entry(draft, key, isEmpty, false);
  }

  #isFlowValueOr(terminator: TokenType): boolean {
    return this.#tokens.is('value') || this.#tokens.is('flow entry') || this.#tokens.is(terminator);
  }

  #flowSeparator(terminator: TokenType, problem: Problem): void {
    if (this.#tokens.is('flow entry')) this.#tokens.take();
    else if (!this.#tokens.is(terminator)) throw this.#tokens.fault(problem);
  }

  #emptyKey(): Key {
    const { start, end } = this.#empty(NO_PROPERTIES);
    return { start, end, value: null, isMerge: false };
  }

  #key(isBlock: boolean): Key {
    const { type, start, end } = this.#tokens.token;
    if (type === 'alias') return this.#builder.keyOf(this.#alias(), start, end);
    const properties = type === 'anchor' || type === 'tag' ? this.#properties() : NO_PROPERTIES;
    const isMerge = isMergeKey(this.#tokens.token, properties.tag);
    const node = this.#content(isBlock, isBlock, properties);
    if (isMerge) this.#builder.anchors.size--;
    return { ...this.#builder.keyOf(node), isMerge };
  }

  #entry(draft: MappingDraft, key: Key, isEmpty: boolean, isBlock: boolean): void {
    const isAlias = !isEmpty && this.#tokens.is('alias');
    const { fault } = this.#builder;
    const value = isEmpty ? this.#empty(NO_PROPERTIES) : this.#node(isBlock, isBlock);
    this.#builder.addEntry(draft, key, value, isAlias, fault);
  }

  /** Begins a collection. */
  #enter(): { start: number } {
    const { start, end } = this.#tokens.token;
    if (++this.#depth > this.#reading.maxDepth) throw new YamlFault('exceeded max depth', start, end);
    this.#builder.anchors.size++;
    return { start };
  }

  #leaveSequence(start: number, items: readonly Node[]): Node {
    this.#depth--;
    return { kind: 'sequence', start, end: this.#tokens.lastEnd, items: items.slice() };
  }

  #leaveMapping(start: number, draft: MappingDraft): Node {
    this.#depth--;
    const entries = draft.entries();
    const lost = draft.lost(entries);
    const { lastEnd: end } = this.#tokens;
    return lost === undefined
      ? { kind: 'mapping', start, end, entries }
      : { kind: 'mapping', start, end, entries, lost };
  }
}
