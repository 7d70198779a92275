import { NO_ORIGIN, type Origin } from './origin.ts';
import { compareBytes } from './bytes.ts';

/**
 * A value of the template language, with Go's types:
 * `undefined` is no value at all (an untyped nil), `null` a nil inside a map, a list or an interface;
 * a JavaScript number is a float64, as all numbers of values files are; integers are `Int`.
 * A byte of a string that is not UTF-8 is the lone surrogate U+DC80–U+DCFF of its value.
 */
export type Value = undefined | null | boolean | number | string | Int | GoMap | GoList | Bytes | GoObject;

export type IntKind = 'int' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64';

/** A Go integer. Arithmetic wraps around as Go's does. */
export class Int {
  readonly kind: IntKind;
  readonly value: bigint;

  constructor(kind: IntKind, value: bigint | number) {
    this.kind = kind;
    this.value = typeof value === 'number' ? BigInt(value) : value;
  }
}

/** The Go type of a map, as `printf "%T"` prints it. */
export type MapType =
  | 'map[string]interface {}'
  | 'common.Values'
  | 'map[string]string'
  | 'map[string]bool'
  | 'engine.files';

interface MapContents {
  readonly entries: Map<string, Value>;
  origins: Map<string, Origin> | undefined;
  sorted: readonly string[] | undefined;
}

/** A Go map with string keys: an object with an identity, shared wherever it is referred to. */
export class GoMap {
  readonly type: MapType;
  /** A nil map: it reads as empty and prints as `null` in JSON. */
  readonly isNil: boolean;
  readonly #contents: MapContents;

  constructor(type: MapType = 'map[string]interface {}', isNil = false, sharedWith?: GoMap) {
    this.type = type;
    this.isNil = isNil;
    this.#contents =
      sharedWith === undefined ? { entries: new Map(), origins: undefined, sorted: undefined } : sharedWith.#contents;
  }

  static from(entries: Iterable<readonly [string, Value]>, type?: MapType): GoMap {
    const map = new GoMap(type);
    for (const [key, value] of entries) map.set(key, value);
    return map;
  }

  /** The same for all views of one map. */
  get identity(): object {
    return this.#contents;
  }

  get size(): number {
    return this.#contents.entries.size;
  }

  has(key: string): boolean {
    return this.#contents.entries.has(key);
  }

  /** Undefined when the key is missing; a nil that is there is `null`. */
  get(key: string): Value {
    return this.#contents.entries.get(key);
  }

  /** In no order that means anything. */
  values(): Iterable<Value> {
    return this.#contents.entries.values();
  }

  /** The origin of an entry; undefined when it was never given one. */
  originOf(key: string): Origin | undefined {
    return this.#contents.origins?.get(key);
  }

  /** Sets an entry and where its value came from. */
  set(key: string, value: Value, origin: Origin | undefined = undefined): void {
    if (!this.#contents.entries.has(key)) this.#contents.sorted = undefined;
    this.#contents.entries.set(key, value === undefined ? null : value);
    if (origin === undefined || origin === NO_ORIGIN) this.#contents.origins?.delete(key);
    else (this.#contents.origins ??= new Map()).set(key, origin);
  }

  /** Copies an entry with its origin. */
  copyEntry(key: string, from: GoMap, fromKey: string = key): void {
    this.set(key, from.get(fromKey), from.originOf(fromKey));
  }

  delete(key: string): void {
    if (this.#contents.entries.delete(key)) this.#contents.sorted = undefined;
    this.#contents.origins?.delete(key);
  }

  /** Whether `keys` has its answer already. */
  get isSorted(): boolean {
    return this.#contents.sorted !== undefined;
  }

  /** In Go's order of sorted map keys: by bytes. */
  keys(): readonly string[] {
    this.#contents.sorted ??= [...this.#contents.entries.keys()].sort(compareBytes);
    return this.#contents.sorted;
  }

  /** Deletes an entry; that it is missing has an origin from now on. */
  deleteBy(key: string, origin: Origin | undefined): void {
    this.delete(key);
    if (origin !== undefined && origin !== NO_ORIGIN) (this.#contents.origins ??= new Map()).set(key, origin);
  }

  /** The same map seen as another type, as a conversion in Go gives it: a change to one is a change to both. */
  as(type: MapType): GoMap {
    return type === this.type ? this : new GoMap(type, this.isNil, this);
  }

  /** A map of the same type with the same entries; their values are shared. */
  shallowCopy(type: MapType = this.type): GoMap {
    const copy = new GoMap(type, this.isNil);
    for (const key of this.#contents.entries.keys()) copy.copyEntry(key, this);
    copy.#contents.sorted = this.#contents.sorted;
    return copy;
  }
}

export type ListType =
  | '[]interface {}'
  | '[]string'
  | '[]int'
  | '[][]interface {}'
  | 'common.VersionSet'
  | '[]map[string]interface {}';

/** Arrays that lists of different lengths share: each has the first items of them. */
interface GrowingItems {
  readonly items: Value[];
  readonly origins: (Origin | undefined)[];
  readonly length: number;
}

/** A Go slice. But for `sortAlpha`, functions never change one in place. */
export class GoList {
  readonly type: ListType;
  /** A nil slice: it prints as `[]` and as `null` in JSON. */
  readonly isNil: boolean;
  #items: readonly Value[];
  #origins: readonly (Origin | undefined)[] | undefined;
  /** What `grow` adds to, until someone else has the items. */
  #growing: GrowingItems | undefined;

  constructor(
    items: readonly Value[],
    type: ListType = '[]interface {}',
    origins: readonly (Origin | undefined)[] | undefined = undefined,
    isNil = false,
  ) {
    this.#items = items;
    this.type = type;
    this.#origins = origins;
    this.isNil = isNil;
  }

  get length(): number {
    return this.#growing?.length ?? this.#items.length;
  }

  get items(): readonly Value[] {
    this.#settle();
    return this.#items;
  }

  /** By index; a hole or undefined: never given one. */
  get origins(): readonly (Origin | undefined)[] | undefined {
    this.#settle();
    return this.#origins;
  }

  originOf(index: number): Origin | undefined {
    this.#settle();
    return this.#origins?.[index];
  }

  /** Whether `grow` costs nothing. */
  get canGrow(): boolean {
    return this.#growing !== undefined && this.#growing.length === this.#growing.items.length;
  }

  /** A list of one's own arrays, to which `grow` can add. */
  static growable(items: Value[], origins: (Origin | undefined)[]): GoList {
    return GoList.#growingFrom({ items, origins, length: items.length });
  }

  /** A list with one more item, without a copy of the others; this one stays as it is. Undefined when it cannot. */
  grow(value: Value, origin: Origin): GoList | undefined {
    const growing = this.#growing;
    if (growing === undefined || growing.length !== growing.items.length) return undefined;
    const { items, origins, length } = growing;
    items.push(value);
    origins.push(origin);
    return GoList.#growingFrom({ items, origins, length: length + 1 });
  }

  static #growingFrom(growing: GrowingItems): GoList {
    const list = new GoList([]);
    list.#growing = growing;
    return list;
  }

  /** Takes the items for its own: whoever gets them never sees them grow. */
  #settle(): void {
    if (this.#growing === undefined) return;
    const { items, origins, length } = this.#growing;
    this.#items = items.slice(0, length);
    this.#origins = origins.slice(0, length);
    this.#growing = undefined;
  }

  /** Puts other items in place of these, for everyone who holds the list. */
  assign({ items, origins }: GoList): void {
    this.#growing = undefined;
    this.#items = items;
    this.#origins = origins;
  }
}

/** A Go `[]byte`. */
export class Bytes {
  readonly #bytes: Uint8Array | (() => Uint8Array);
  readonly isNil: boolean;

  /** @param bytes or what reads them when they are asked for */
  constructor(bytes: Uint8Array | (() => Uint8Array), isNil = false) {
    this.#bytes = bytes;
    this.isNil = isNil;
  }

  get bytes(): Uint8Array {
    return typeof this.#bytes === 'function' ? this.#bytes() : this.#bytes;
  }
}

/** A Go struct or pointer to one: a time, a version, the capabilities, a certificate. */
export interface GoObject {
  /** As `printf "%T"` prints it. */
  readonly typeName: string;
  readonly kind: 'struct' | 'ptr';
  /** The exported fields in Go's order. */
  readonly fields: ReadonlyMap<string, Value>;
  /** By name; looked up before fields. Each is a `HelmFunction`, which knows of values. */
  readonly methods: ReadonlyMap<string, object>;
  /** What `String()` or `Error()` gives, when the type has it. */
  readonly toText?: () => string;
  /** Whether only a pointer has `toText`: an action prints it by that, `print` and `quote` by its fields. */
  readonly isTextOfPointer?: boolean;
  /** All fields in Go's order, when some are not exported: `%v` prints these too. */
  readonly allFields?: ReadonlyMap<string, Value>;
  /** What it becomes in JSON and YAML; by default an object of its fields. */
  readonly toJson?: () => Value;
}

/** Whether a value is one of the objects. */
export function isObject(value: Value): value is GoObject {
  return typeof value === 'object' && value !== null && 'typeName' in value;
}

/** `undefined` and `null` alike. */
export function isNil(value: Value): value is undefined | null {
  return value === undefined || value === null;
}
