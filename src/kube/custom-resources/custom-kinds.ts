import type { CustomKind } from './definition.ts';

/** Where kinds of custom resources are looked up. What is asked first wins. */
export interface CustomKinds {
  find(group: string, kind: string, version: string): CustomKind | undefined;
}

/** The kinds of the CustomResourceDefinitions at hand; of two for the same kind the first counts. */
export class DefinedKinds implements CustomKinds {
  readonly #kinds = new Map<string, CustomKind>();

  constructor(kinds: Iterable<CustomKind>) {
    for (const kind of kinds) {
      const key = `${kind.group} ${kind.kind}`;
      if (!this.#kinds.has(key)) this.#kinds.set(key, kind);
    }
  }

  find(group: string, kind: string): CustomKind | undefined {
    return this.#kinds.get(`${group} ${kind}`);
  }
}
