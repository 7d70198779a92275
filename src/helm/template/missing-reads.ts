import type { GoMap } from '../value/value.ts';
import type { FieldChain } from './node.ts';

/** A key that a chain of fields asked a map for, and that the map did not have. */
export interface MissingRead {
  readonly node: FieldChain;
  readonly map: GoMap;
  readonly name: string;
}

/** The missing reads of one rendering: each chain, map and key once. */
export class MissingReads {
  readonly #found = new Map<FieldChain, Map<object, MissingRead>>();

  note(node: FieldChain, map: GoMap, name: string): void {
    let byMap = this.#found.get(node);
    if (byMap === undefined) this.#found.set(node, (byMap = new Map()));
    if (!byMap.has(map.identity)) byMap.set(map.identity, { node, map, name });
  }

  list(): MissingRead[] {
    return [...this.#found.values()].flatMap((byMap) => [...byMap.values()]);
  }
}
