/** A type of CEL. */
export interface CelType {
  readonly kind: 'simple' | 'list' | 'map' | 'type' | 'opaque' | 'object' | 'parameter';
  readonly name: string;
  /** The types of what is inside: of items, of keys and values, of what may be there. */
  readonly of: readonly CelType[];
  /** Of an object the type of a field; undefined where it has no such field. */
  readonly fieldOf?: ((name: string) => CelType | undefined) | undefined;
  /** The names of its fields, for suggestions. */
  readonly fieldNames?: (() => readonly string[]) | undefined;
}

function simple(name: string): CelType {
  return { kind: 'simple', name, of: [] };
}

export const DYN = simple('dyn');
const ERROR = simple('error');
export const NULL = simple('null_type');
export const BOOL = simple('bool');
export const INT = simple('int');
const UINT = simple('uint');
export const DOUBLE = simple('double');
export const STRING = simple('string');
export const BYTES = simple('bytes');
export const DURATION = simple('duration');
export const TIMESTAMP = simple('timestamp');

export const SIMPLE: ReadonlyMap<string, CelType> = new Map(
  [DYN, NULL, BOOL, INT, UINT, DOUBLE, STRING, BYTES, DURATION, TIMESTAMP].map((type) => [type.name, type]),
);

export function listOf(item: CelType): CelType {
  return { kind: 'list', name: 'list', of: [item] };
}

export function mapOf(key: CelType, value: CelType): CelType {
  return { kind: 'map', name: 'map', of: [key, value] };
}

/** The type that a type is. */
export function typeOf(type: CelType): CelType {
  return { kind: 'type', name: 'type', of: [type] };
}

export function opaque(name: string, ...of: readonly CelType[]): CelType {
  return { kind: 'opaque', name, of };
}

export function optionalOf(value: CelType): CelType {
  return opaque('optional_type', value);
}

export function parameter(name: string): CelType {
  return { kind: 'parameter', name, of: [] };
}

/** @param name unlike that of any other object type */
export function objectType(name: string, fields: Readonly<Record<string, CelType>>): CelType {
  return {
    kind: 'object',
    name,
    of: [],
    fieldOf: (field) => (Object.hasOwn(fields, field) ? fields[field] : undefined),
    fieldNames: () => Object.keys(fields),
  };
}

export function isDyn(type: CelType): boolean {
  return type === DYN;
}

export function isDynOrError(type: CelType): boolean {
  return type === DYN || type === ERROR;
}

export function isOptional(type: CelType): boolean {
  return type.kind === 'opaque' && type.name === 'optional_type';
}

/** Of an optional type that of its value. */
export function unwrapped(type: CelType): CelType {
  return isOptional(type) ? (type.of[0] ?? DYN) : type;
}

export function isSame(a: CelType, b: CelType): boolean {
  return a === b || (a.kind === b.kind && a.name === b.name && a.of.length === b.of.length && everyPair(a, b, isSame));
}

/** Whether a condition holds for what is inside two types. */
export function everyPair(a: CelType, b: CelType, test: (a: CelType, b: CelType) => boolean): boolean {
  return a.of.every((each, index) => test(each, b.of[index] ?? DYN));
}

/** As messages name it. */
export function nameOf(type: CelType): string {
  if (type.kind === 'object') return 'object';
  if (type.kind === 'parameter') return 'dyn';
  return type.of.length === 0 ? type.name : `${type.name}(${type.of.map(nameOf).join(', ')})`;
}
