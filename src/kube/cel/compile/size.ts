/** How large a value can be: characters of a text, items of a list. */
export interface Size {
  readonly min: number;
  readonly max: number;
}

export const UNKNOWN_SIZE: Size = { min: 0, max: Infinity };

export function exactly(size: number): Size {
  return { min: size, max: size };
}

export function sum(a: Size, b: Size): Size {
  return { min: a.min + b.min, max: a.max + b.max };
}

export function product(a: Size, b: Size): Size {
  return { min: times(a.min, b.min), max: times(a.max, b.max) };
}

/** What holds both. */
export function union(a: Size, b: Size): Size {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

/** A product in which nothing, however often, is nothing. */
export function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/** How large what is in a list or map can be; of a list the keys are its indices. */
export interface Inside {
  readonly kind: 'list' | 'map';
  readonly key: Size;
  readonly value: Size;
}
