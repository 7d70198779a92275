import type { Entry, Node, ScalarNode } from './node.ts';
import { resolvePlain, type Resolved } from './scalar.ts';

/** Nodes as numbers, which one thread hands to another without a copy: to clone nodes takes longer than to parse them. */
export interface PackedNodes {
  /** Node after node: its type, start, end, and what the type asks for. */
  readonly cells: Int32Array<ArrayBuffer>;
  /** What keys and scalars stand for, where the source does not show it. */
  readonly values: readonly Resolved[];
}

const SEQUENCE = 0;
const MAPPING = 1;
const FIRST_STYLE = 2;
const STYLES = ['plain', 'quoted', 'block'] as const;

/** How the source shows what something means: as written, between quotes, or a plain scalar that is not a string. */
const VERBATIM = -1;
const QUOTED = -2;
const RESOLVED = -3;

/** Writes down the nodes of a text. Where a node stands in two places, it becomes two. */
export class NodePacker {
  readonly #text: string;
  readonly #values: Resolved[] = [];
  #cells = new Int32Array(1024);
  #length = 0;

  constructor(text: string) {
    this.#text = text;
  }

  add(node: Node): void {
    if (node.kind === 'scalar') {
      this.#push(FIRST_STYLE + STYLES.indexOf(node.style), node.start, node.end, this.#show(node));
    } else if (node.kind === 'sequence') {
      this.#push(SEQUENCE, node.start, node.end, node.items.length);
      for (const item of node.items) this.add(item);
    } else {
      this.#push(MAPPING, node.start, node.end, node.entries.length);
      for (const { key, start, end, value } of node.entries) {
        this.#push(start, end, this.#showText(key, start, end));
        this.add(value);
      }
    }
  }

  /** All that was added. */
  pack(): PackedNodes {
    return { cells: this.#cells.slice(0, this.#length), values: this.#values };
  }

  #show({ value, integer, style, start, end }: ScalarNode): number {
    if (typeof value === 'string') return this.#showText(value, start, end);
    const isPlain = style === 'plain' && Object.is(resolvePlain(this.#text.slice(start, end)), integer ?? value);
    return isPlain ? RESOLVED : this.#values.push(integer ?? value) - 1;
  }

  #showText(value: string, start: number, end: number): number {
    const written = end - start;
    if (value.length === written && this.#text.startsWith(value, start)) return VERBATIM;
    if (value.length === written - 2 && this.#text.startsWith(value, start + 1)) return QUOTED;
    return this.#values.push(value) - 1;
  }

  #push(...cells: readonly number[]): void {
    if (this.#length + cells.length > this.#cells.length) {
      const larger = new Int32Array(this.#cells.length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    for (const cell of cells) this.#cells[this.#length++] = cell;
  }
}

/** Reads what a packer wrote down, in the same order. What keys were before they were strings is not there. */
export class NodeUnpacker {
  readonly #packed: PackedNodes;
  readonly #text: string;
  readonly #offset: number;
  #at = 0;

  /** @param offset where in the text the text of the packer begins */
  constructor(packed: PackedNodes, text: string, offset: number) {
    this.#packed = packed;
    this.#text = text;
    this.#offset = offset;
  }

  /** The next node that was added. */
  take(): Node {
    const type = this.#next();
    const start = this.#next() + this.#offset;
    const end = this.#next() + this.#offset;
    const last = this.#next();
    if (type === SEQUENCE) return { kind: 'sequence', start, end, items: this.#list(last, () => this.take()) };
    if (type === MAPPING) return { kind: 'mapping', start, end, entries: this.#list(last, () => this.#entry()) };
    const value = this.#shown(last, start, end);
    const style = STYLES[type - FIRST_STYLE] ?? 'plain';
    if (typeof value === 'bigint') return { kind: 'scalar', start, end, value: Number(value), style, integer: value };
    return { kind: 'scalar', start, end, value, style };
  }

  #entry(): Entry {
    const start = this.#next() + this.#offset;
    const end = this.#next() + this.#offset;
    return { key: String(this.#shown(this.#next(), start, end)), start, end, value: this.take() };
  }

  #list<T>(length: number, take: () => T): T[] {
    const list = [];
    for (let index = 0; index < length; index++) list.push(take());
    return list;
  }

  #shown(how: number, start: number, end: number): Resolved {
    if (how === VERBATIM) return this.#text.slice(start, end);
    if (how === QUOTED) return this.#text.slice(start + 1, end - 1);
    return how === RESOLVED ? resolvePlain(this.#text.slice(start, end)) : (this.#packed.values[how] ?? null);
  }

  #next(): number {
    return this.#packed.cells[this.#at++] ?? 0;
  }
}
