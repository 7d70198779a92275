import { Bytes, GoList, GoMap, Int, isNil, isObject, type GoObject, type Value } from '../value/value.ts';

type Pairs = Map<Value, Set<Value>>;

/** Go's `reflect.DeepEqual`: the types must be the same too, so that 3 of a values file is not the 3 of a template. */
export function deepEqual(a: Value, b: Value, compared: Pairs = new Map()): boolean {
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (a instanceof Int) return b instanceof Int && a.kind === b.kind && a.value === b.value;
  if (a instanceof Bytes) return b instanceof Bytes && a.isNil === b.isNil && Buffer.compare(a.bytes, b.bytes) === 0;
  if (a instanceof GoList) return b instanceof GoList && equalLists(a, b, compared);
  if (a instanceof GoMap) return b instanceof GoMap && equalMaps(a, b, compared);
  return isObject(b) && !(b instanceof GoMap || b instanceof GoList) && equalObjects(a, b, compared);
}

/** Values of which no two are deeply equal. */
export class ValueSet {
  readonly #scalars = new Set<string>();
  readonly #others: Value[] = [];

  has(value: Value): boolean {
    const key = scalarKey(value);
    return key === undefined ? this.#others.some((other) => deepEqual(value, other)) : this.#scalars.has(key);
  }

  /** Whether the value was not there yet. */
  add(value: Value): boolean {
    if (this.has(value)) return false;
    const key = scalarKey(value);
    if (key === undefined) this.#others.push(value);
    else this.#scalars.add(key);
    return true;
  }
}

/** Two scalars are deeply equal when their texts are; undefined of values to be compared, and of NaN. */
function scalarKey(value: Value): string | undefined {
  if (isNil(value)) return 'nil';
  if (value instanceof Int) return `${value.kind}:${value.value}`;
  if (typeof value === 'object' || Number.isNaN(value)) return undefined;
  return `${typeof value}:${value}`;
}

function equalLists(a: GoList, b: GoList, compared: Pairs): boolean {
  if (a.type !== b.type || a.isNil !== b.isNil || a.items.length !== b.items.length) return false;
  if (a === b || isCompared(a, b, compared)) return true;
  return a.items.every((item, index) => deepEqual(item, b.items[index], compared));
}

function equalMaps(a: GoMap, b: GoMap, compared: Pairs): boolean {
  if (a.type !== b.type || a.isNil !== b.isNil || a.size !== b.size) return false;
  if (a === b || isCompared(a, b, compared)) return true;
  return a.keys().every((key) => b.has(key) && deepEqual(a.get(key), b.get(key), compared));
}

function equalObjects(a: GoObject, b: GoObject, compared: Pairs): boolean {
  if (a === b) return true;
  if (a.typeName !== b.typeName || a.toText?.() !== b.toText?.()) return false;
  const ours = a.allFields ?? a.fields;
  const theirs = b.allFields ?? b.fields;
  return [...ours].every(([name, value]) => deepEqual(value, theirs.get(name), compared));
}

/** Whether a pair has been met before: then it is equal as far as it can be told, which ends circles. */
function isCompared(a: Value, b: Value, compared: Pairs): boolean {
  const others = compared.get(a) ?? new Set();
  if (others.has(b)) return true;
  compared.set(a, others.add(b));
  return false;
}
