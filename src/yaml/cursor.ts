import type { Range, SourceText } from '../text/source.ts';
import type { Document } from './document.ts';
import { entryOf, type Node, type ScalarNode } from './node.ts';

/** A step down: the key of a mapping, or the zero-based index of a list. */
export type PathSegment = string | number;

/**
 * A place in a document that may or may not exist. Every step is safe on every shape: what is not there, or is not a
 * mapping or list, is a cursor without a node. Rules walk manifests with cursors and report them.
 */
export class Cursor {
  readonly document: Document;
  readonly node: Node | undefined;
  readonly parent: Cursor | undefined;
  readonly segment: PathSegment | undefined;
  /** The place of the key when this is the value of a mapping's entry. */
  readonly keyRange: Range | undefined;
  readonly #blamesKey: boolean;

  private constructor(
    document: Document,
    node: Node | undefined,
    parent: Cursor | undefined,
    segment: PathSegment | undefined,
    keyRange: Range | undefined,
    blamesKey: boolean,
  ) {
    this.document = document;
    this.node = node;
    this.parent = parent;
    this.segment = segment;
    this.keyRange = keyRange;
    this.#blamesKey = blamesKey;
  }

  /** A cursor on a resource: the document's root, or an item of a list. */
  static root(document: Document, node: Node | undefined): Cursor {
    return new Cursor(document, node, undefined, undefined, undefined, false);
  }

  /** A stretch of a text that is not read as YAML (an action of a template) as a place to point at. */
  static span(source: SourceText, { start, end }: Range): Cursor {
    const node: ScalarNode = { kind: 'scalar', value: null, style: 'plain', start, end };
    return Cursor.root({ source, root: node, template: undefined, start, end }, node);
  }

  get exists(): boolean {
    return this.node !== undefined;
  }

  get isMapping(): boolean {
    return this.node?.kind === 'mapping';
  }

  get isSequence(): boolean {
    return this.node?.kind === 'sequence';
  }

  /** True for `null`, `~` and an empty value; Kubernetes treats these as absent. */
  get isNull(): boolean {
    return this.node?.kind === 'scalar' && this.node.value === null;
  }

  get root(): Cursor {
    return this.parent === undefined ? this : this.parent.root;
  }

  /** Keys and list indexes from the resource's root. */
  get path(): PathSegment[] {
    if (this.parent === undefined || this.segment === undefined) return [];
    return [...this.parent.path, this.segment];
  }

  /** The cursor below, key by key or index by index. */
  at(...path: readonly PathSegment[]): Cursor {
    let cursor: Cursor = this;
    for (const segment of path) cursor = cursor.#child(segment);
    return cursor;
  }

  #child(segment: PathSegment): Cursor {
    const { node } = this;
    if (node?.kind === 'mapping' && typeof segment === 'string') {
      const entry = entryOf(node, segment);
      if (entry !== undefined) return new Cursor(this.document, entry.value, this, segment, entry, false);
    }
    if (node?.kind === 'sequence' && typeof segment === 'number') {
      return new Cursor(this.document, node.items[segment], this, segment, undefined, false);
    }
    return new Cursor(this.document, undefined, this, segment, undefined, false);
  }

  /** The elements of a list; none for anything else. */
  items(): Cursor[] {
    const { node } = this;
    if (node?.kind !== 'sequence') return [];
    return node.items.map((item, index) => new Cursor(this.document, item, this, index, undefined, false));
  }

  /** The keys of a mapping; none for anything else. */
  keys(): string[] {
    return this.node?.kind === 'mapping' ? this.node.entries.map((entry) => entry.key) : [];
  }

  /** The entries of a mapping; none for anything else. */
  entries(): [key: string, value: Cursor][] {
    const { node } = this;
    if (node?.kind !== 'mapping') return [];
    return node.entries.map((entry) => [
      entry.key,
      new Cursor(this.document, entry.value, this, entry.key, entry, false),
    ]);
  }

  /** The scalar as Kubernetes reads it; undefined when this is not a scalar. */
  get value(): ScalarNode['value'] | undefined {
    return this.node?.kind === 'scalar' ? this.node.value : undefined;
  }

  get string(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  get boolean(): boolean | undefined {
    return typeof this.value === 'boolean' ? this.value : undefined;
  }

  /** The scalar as text: the string itself, the characters of an unquoted number or boolean, nothing for null. */
  get text(): string | undefined {
    if (this.node?.kind !== 'scalar') return undefined;
    if (typeof this.node.value === 'string') return this.node.value;
    if (this.node.value === null) return '';
    return this.document.source.text.slice(this.node.start, this.node.end);
  }

  /** The same place, blamed on its key: for findings about the name of an entry, and about secrets. */
  get onKey(): Cursor {
    return new Cursor(this.document, this.node, this.parent, this.segment, this.keyRange, true);
  }

  /**
   * What a finding here points at, as zero-based offsets: the value, else the key, else the nearest existing parent's
   * key or name, else the object's name.
   */
  get range(): Range {
    const { node, keyRange } = this;
    if (node?.kind === 'scalar' && node.end > node.start && !(this.#blamesKey && keyRange !== undefined)) return node;
    if (keyRange !== undefined) return keyRange;
    if (node === undefined) return this.parent?.range ?? { start: this.document.start, end: this.document.start };
    if (node.kind !== 'mapping') return this.parent?.keyRange ?? { start: node.start, end: node.start };
    const name = this.parent === undefined ? this.at('metadata', 'name').node : this.at('name').node;
    if (name?.kind === 'scalar' && name.end > name.start) return name;
    return node.entries[0] ?? { start: node.start, end: node.end };
  }
}
