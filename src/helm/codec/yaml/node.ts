import type { Range } from '../../../text/source.ts';
import type { Resolved } from './resolve.ts';

/** A scalar, with the place of its token (quotes and block indicators included). */
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

/** One `key: value`, with the place of its key. Every key becomes a string: `on:` is the key `true`. */
export interface Entry extends Range {
  readonly key: string;
  readonly value: Node;
  /** What the key was before, when that was no string. */
  readonly rawKey?: Resolved;
}

export interface MappingNode extends Range {
  readonly kind: 'mapping';
  /** In the order of the text; each key once. */
  readonly entries: readonly Entry[];
}

/** A node of a YAML document. Aliases share the node of their anchor, so a document is a graph without cycles. */
export type Node = ScalarNode | SequenceNode | MappingNode;
