import type { Json } from './json.ts';
import type { Schema } from './schema.ts';

/** The properties and items of a value that no schema has looked at yet, as far as somebody needs to know. */
export class Unevaluated {
  static readonly #nothing = new Unevaluated(undefined, undefined);

  #properties: Set<string> | undefined;
  #items: Set<number> | undefined;

  private constructor(properties: Set<string> | undefined, items: Set<number> | undefined) {
    this.#properties = properties;
    this.#items = items;
  }

  static of(value: Json, schema: Schema, isNeeded: boolean): Unevaluated {
    if (value instanceof Map) {
      const isWanted = isNeeded || schema.unevaluatedProperties !== undefined;
      if (isWanted && schema.additionalProperties === undefined)
        return new Unevaluated(new Set(value.keys()), undefined);
    } else if (Array.isArray(value)) {
      const isWanted = isNeeded || schema.unevaluatedItems !== undefined;
      const isAll = schema.restItems !== undefined || schema.items !== undefined;
      if (isWanted && !isAll) {
        const items = new Set<number>();
        for (let index = schema.prefixItems?.length ?? 0; index < value.length; index++) items.add(index);
        return new Unevaluated(undefined, items);
      }
    }
    return Unevaluated.#nothing;
  }

  get size(): number {
    return (this.#properties?.size ?? 0) + (this.#items?.size ?? 0);
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  deleteProperty(key: string): void {
    this.#properties?.delete(key);
  }

  deleteItem(index: number): void {
    this.#items?.delete(index);
  }

  /** What another schema has evaluated is evaluated here. */
  keepOnly(other: Unevaluated): void {
    for (const key of this.#properties ?? []) if (other.#properties?.has(key) !== true) this.#properties?.delete(key);
    for (const index of this.#items ?? []) if (other.#items?.has(index) !== true) this.#items?.delete(index);
  }

  takeProperties(): Iterable<string> {
    const taken = this.#properties ?? [];
    this.#properties = undefined;
    return taken;
  }

  takeItems(): Iterable<number> {
    const taken = this.#items ?? [];
    this.#items = undefined;
    return taken;
  }
}
