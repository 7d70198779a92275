import type { Entry, MappingNode, Node } from './node.ts';

/** Few keys are compared faster than hashed. */
const FEW_ENTRIES = 12;

interface MergeSource {
  readonly mapping: MappingNode;
  /** How many of the mapping's own entries stand above the merge key. */
  readonly entriesAbove: number;
}

/** A mapping that is being read. */
export class MappingDraft {
  readonly #entries: Entry[] = [];
  /** Made when the mapping grows. */
  #keys: Set<string> | undefined;
  #hasRepeats = false;
  #sources: MergeSource[] | undefined;

  /** @returns the entry of the same key that it replaces, when there is one among the mapping's own */
  add(entry: Entry): Entry | undefined {
    const isNew = !this.#has(entry.key);
    const replaced = isNew ? undefined : this.#entries.findLast(({ key }) => key === entry.key);
    this.#entries.push(entry);
    this.#keys?.add(entry.key);
    this.#hasRepeats ||= !isNew;
    return replaced;
  }

  #has(key: string): boolean {
    if (this.#keys !== undefined) return this.#keys.has(key);
    if (this.#entries.length < FEW_ENTRIES) {
      for (const entry of this.#entries) if (entry.key === key) return true;
      return false;
    }
    this.#keys = new Set(this.#entries.map((entry) => entry.key));
    return this.#keys.has(key);
  }

  /**
   * Adds what a merge key (`<<`) takes. `isAlias`: the value is written as an alias, which cannot stand for a list.
   * @returns whether it takes that
   */
  merge(value: Node, isAlias: boolean): boolean {
    // In a list of mappings, the earlier wins.
    const mappings = value.kind === 'sequence' && !isAlias ? value.items.toReversed() : [value];
    for (const mapping of mappings) {
      if (mapping.kind !== 'mapping') return false;
      (this.#sources ??= []).push({ mapping, entriesAbove: this.#entries.length });
    }
    return true;
  }

  /** Each key once, the last of it: go-yaml sets one after the other. */
  entries(): readonly Entry[] {
    if (this.#sources !== undefined) return this.#merged(this.#sources);
    // A copy lacks the room for more that pushing leaves, which is most of a small array.
    return this.#hasRepeats ? this.#merged([]) : this.#entries.slice();
  }

  /**
   * The mapping's own entries that later ones of the same key replace, be they merged or not; undefined when there are
   * none.
   * @param entries those that are left
   */
  lost(entries: readonly Entry[]): readonly Entry[] | undefined {
    if (!this.#hasRepeats && this.#sources === undefined) return undefined;
    const left = new Set(entries);
    const lost = this.#entries.filter((entry) => !left.has(entry));
    return lost.length === 0 ? undefined : lost;
  }

  /**
   * go-yaml takes entries and merge keys in the order of the text, and the later wins, be it merged or not. (YAML says
   * that the mapping's own entries always win.)
   */
  #merged(sources: readonly MergeSource[]): readonly Entry[] {
    const merged = new Map<string, Entry>();
    let next = 0;
    for (const { mapping, entriesAbove } of sources) {
      for (const entry of this.#entries.slice(next, entriesAbove)) merged.set(entry.key, entry);
      for (const entry of mapping.entries) merged.set(entry.key, entry);
      next = entriesAbove;
    }
    for (const entry of this.#entries.slice(next)) merged.set(entry.key, entry);
    return [...merged.values()];
  }
}
