import type { Node } from './node.ts';

/** go-yaml's guard against alias bombs: `allowedAliasRatio` in its `decode.go`. */
const SMALL_DOCUMENT = 400_000;
const LARGE_DOCUMENT = 4_000_000;

export interface Anchor {
  /** Undefined as long as the node is not complete. */
  node: Node | undefined;
  /** How many nodes an alias stands for. */
  size: number;
}

/** The anchors of one document, and how much its aliases repeat. */
export class Anchors {
  readonly #anchors = new Map<string, Anchor>();
  /** The nodes so far, with those that aliases repeat; the document itself is one. */
  size = 1;
  #repeated = 0;

  /** An anchor counts from its node's beginning, so that an alias inside the node is found to be one to itself. */
  open(name: string): Anchor {
    const anchor = { node: undefined, size: 0 };
    this.#anchors.set(name, anchor);
    return anchor;
  }

  get(name: string): Anchor | undefined {
    return this.#anchors.get(name);
  }

  /** Counts an alias. @returns whether aliases have repeated too much by now */
  repeat({ size }: Anchor): boolean {
    this.size += 1 + size;
    this.#repeated += size;
    return this.#repeated > 100 && this.size > 1000 && this.#repeated > this.#allowedRatio() * this.size;
  }

  #allowedRatio(): number {
    const growth = (this.size - SMALL_DOCUMENT) / (LARGE_DOCUMENT - SMALL_DOCUMENT);
    return 0.99 - 0.89 * Math.min(Math.max(growth, 0), 1);
  }
}
