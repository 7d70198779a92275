import type { Range } from '../text/source.ts';
import type { Resolved } from './scalar.ts';

/** A scalar as Kubernetes reads it, with the place of its token (quotes and block indicators included). */
export interface ScalarNode extends Range {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly style: 'plain' | 'quoted' | 'block';
  /** Of an integer: all its digits. */
  readonly integer?: bigint;
}

interface SequenceNode extends Range {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
}

/** One `key: value`, with the place of its key. Kubernetes turns every key into a string: `on:` is the key `true`. */
export interface Entry extends Range {
  readonly key: string;
  readonly value: Node;
  /** What the key was before, when that was not a string. */
  readonly rawKey?: Resolved;
}

export interface MappingNode extends Range {
  readonly kind: 'mapping';
  /** In the order of the text, each key once; an entry that a later one replaced leaves it its place. */
  readonly entries: readonly Entry[];
  /** Those that a later one replaced: nobody reads them, yet they stand in the text. Mostly there are none. */
  readonly lost?: readonly Entry[];
}

/** A node of a YAML document. Aliases share the node of their anchor, so a document is a graph without cycles. */
export type Node = ScalarNode | SequenceNode | MappingNode;

const MANY_ENTRIES = 32;
const indexes = new WeakMap<MappingNode, Map<string, Entry>>();

/** The entry of a key, in constant time however many entries there are. */
export function entryOf(mapping: MappingNode, key: string): Entry | undefined {
  if (mapping.entries.length <= MANY_ENTRIES) {
    for (const entry of mapping.entries) if (entry.key === key) return entry;
    return undefined;
  }
  let index = indexes.get(mapping);
  if (index === undefined) {
    index = new Map(mapping.entries.map((entry) => [entry.key, entry]));
    indexes.set(mapping, index);
  }
  return index.get(key);
}

/** A plain JavaScript value. Objects have no prototype, so `__proto__` is a key like any other. */
export function toValue(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(toValue);
    case 'mapping': {
      const object = Object.create(null) as Record<string, unknown>;
      for (const entry of node.entries) object[entry.key] = toValue(entry.value);
      return object;
    }
  }
}
