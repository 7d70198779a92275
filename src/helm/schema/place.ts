import type { Json } from './json.ts';
import type { SchemaFault, SchemaPath } from './schema-error.ts';
import type { Schema } from './schema.ts';
import type { Roots } from './scope.ts';
import type { Unevaluated } from './unevaluated.ts';

/** What a reference led to. It depends on the schema, the place, and what is here. */
export interface Outcome {
  readonly isNeeded: boolean;
  readonly roots: Roots;
  readonly fault: SchemaFault | undefined;
  readonly unevaluated: Unevaluated;
}

/** A place in the values, with what is known of it: a schema that several references share is applied once. */
export class Place implements SchemaPath {
  readonly value: Json;
  readonly parent: SchemaPath | undefined;
  readonly key: string;
  #outcomes: Map<Schema, Outcome[]> | undefined;
  #inside: Map<string, Place> | undefined;

  constructor(value: Json, parent?: SchemaPath, key = '') {
    this.value = value;
    this.parent = parent;
    this.key = key;
  }

  /** The same one each time, for what holds places itself. */
  inside(value: Json, key: string): Place {
    const isContainer = value instanceof Map || Array.isArray(value);
    if (!isContainer) return new Place(value, this, key);
    const known = this.#inside?.get(key);
    if (known?.value === value) return known;
    const place = new Place(value, this, key);
    this.#inside ??= new Map();
    this.#inside.set(key, place);
    return place;
  }

  outcomeOf(schema: Schema, roots: Roots, isNeeded: boolean): Outcome | undefined {
    return this.#outcomes?.get(schema)?.find((known) => known.roots === roots && known.isNeeded === isNeeded);
  }

  keep(schema: Schema, outcome: Outcome): void {
    this.#outcomes ??= new Map();
    const known = this.#outcomes.get(schema);
    if (known === undefined) this.#outcomes.set(schema, [outcome]);
    else known.push(outcome);
  }
}
