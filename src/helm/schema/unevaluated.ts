import type { Json } from './json.ts';
import type { Schema } from './schema.ts';

/** The properties and items of a value that no schema has looked at yet, as far as somebody needs to know. */
export class Unevaluated {
  #properties: Set<string>;
  #items: Set<number>;

  private constructor(properties: Set<string>, items: Set<number>) {
    this.#properties = properties;
    this.#items = items;
  }

  static of(value: Json, schema: Schema, isNeeded: boolean): Unevaluated {
    const properties = new Set<string>();
    const items = new Set<number>();
    if (value instanceof Map) {
      const isWanted = isNeeded || schema.unevaluatedProperties !== undefined;
      if (isWanted && schema.additionalProperties === undefined) for (const key of value.keys()) properties.add(key);
    } else if (Array.isArray(value)) {
      const isWanted = isNeeded || schema.unevaluatedItems !== undefined;
      const isAll = schema.restItems !== undefined || schema.items !== undefined;
      if (isWanted && !isAll) {
        for (let index = schema.prefixItems?.length ?? 0; index < value.length; index++) items.add(index);
      }
    }
    return new Unevaluated(properties, items);
  }

  get isEmpty(): boolean {
    return this.#properties.size === 0 && this.#items.size === 0;
  }

  deleteProperty(key: string): void {
    this.#properties.delete(key);
  }

  deleteItem(index: number): void {
    this.#items.delete(index);
  }

  /** What another schema has evaluated is evaluated here. */
  keepOnly(other: Unevaluated): void {
    for (const key of this.#properties) if (!other.#properties.has(key)) this.#properties.delete(key);
    for (const index of this.#items) if (!other.#items.has(index)) this.#items.delete(index);
  }

  takeProperties(): Iterable<string> {
    const taken = this.#properties;
    this.#properties = new Set();
    return taken;
  }

  takeItems(): Iterable<number> {
    const taken = this.#items;
    this.#items = new Set();
    return taken;
  }
}
