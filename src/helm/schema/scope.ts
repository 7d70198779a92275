import { escapeToken } from './schema-error.ts';
import type { Schema } from './schema.ts';

/** The resources that were entered on the way to a schema, each once: what dynamic references look through. */
export class Roots {
  readonly #schema: Schema | undefined;
  readonly #outer: Roots | undefined;
  readonly #inner = new Map<Schema, Roots>();

  private constructor(schema: Schema | undefined, outer: Roots | undefined) {
    this.#schema = schema;
    this.#outer = outer;
  }

  static empty(): Roots {
    return new Roots(undefined, undefined);
  }

  /** The same for the same resources in the same order. */
  enter(schema: Schema): Roots {
    if (schema.pointer !== schema.resource.pointer || this.#has(schema)) return this;
    let inner = this.#inner.get(schema);
    if (inner === undefined) this.#inner.set(schema, (inner = new Roots(schema, this)));
    return inner;
  }

  #has(schema: Schema): boolean {
    for (let at: Roots | undefined = this; at !== undefined; at = at.#outer) if (at.#schema === schema) return true;
    return false;
  }

  /** What is found in the outermost resource that has it. */
  outermost(find: (schema: Schema) => Schema | undefined): Schema | undefined {
    let found: Schema | undefined;
    for (let at: Roots | undefined = this; at !== undefined; at = at.#outer) {
      if (at.#schema !== undefined) found = find(at.#schema) ?? found;
    }
    return found;
  }
}

/** One schema applied to one value, and where that comes from: for cycles and dynamic references. */
export interface Scope {
  readonly schema: Schema;
  /** The keyword of a reference that led here. */
  readonly keyword: string;
  /** Tells values apart. */
  readonly value: number;
  readonly parent: Scope | undefined;
  readonly roots: Roots;
}

/** The keywords that lead to a schema. */
export function locate({ schema, keyword, parent }: Scope): string {
  if (parent === undefined) return '';
  const step = keyword === '' ? schema.pointer.slice(parent.schema.pointer.length) : `/${escapeToken(keyword)}`;
  return locate(parent) + step;
}
