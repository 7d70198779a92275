import type { Entry, MappingNode, Node } from './node.ts';

interface MergeSource {
  readonly mapping: MappingNode;
  /** How many of the mapping's own entries stand above the merge key. */
  readonly entriesAbove: number;
}

/** A mapping that is being read. */
export class MappingDraft {
  readonly #entries: Entry[] = [];
  #sources: MergeSource[] | undefined;

  add(entry: Entry): void {
    this.#entries.push(entry);
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
    const own = this.#lastOfEachKey();
    return this.#sources === undefined ? own : this.#merged(own, this.#sources);
  }

  #lastOfEachKey(): readonly Entry[] {
    const entries = this.#entries;
    if (entries.length < 2) return entries;
    const byKey = new Map<string, Entry>();
    for (const entry of entries) byKey.set(entry.key, entry);
    return byKey.size === entries.length ? entries : entries.filter((entry) => byKey.get(entry.key) === entry);
  }

  /**
   * go-yaml takes entries and merge keys in the order of the text, and the later wins, be it merged or not. (YAML says
   * that the mapping's own entries always win.)
   */
  #merged(own: readonly Entry[], sources: readonly MergeSource[]): readonly Entry[] {
    const lastIndexes = new Map(this.#entries.map((entry, index) => [entry.key, index]));
    const merged = new Map<string, Entry>();
    for (const { mapping, entriesAbove } of sources) {
      for (const entry of mapping.entries) {
        if ((lastIndexes.get(entry.key) ?? -1) < entriesAbove) merged.set(entry.key, entry);
      }
    }
    return [...own.filter(({ key }) => !merged.has(key)), ...merged.values()];
  }
}
