import { Bytes, GoList, GoMap, Int, type Value } from './value.ts';

/** Whether `if` takes a value as true: it is not the zero of its type and not empty (Go's `template.IsTrue`). */
export function isTrue(value: Value): boolean {
  if (value instanceof GoMap) return value.size > 0;
  if (value instanceof GoList) return value.items.length > 0;
  if (value instanceof Int) return value.value !== 0n;
  if (value instanceof Bytes) return value.bytes.length > 0;
  // NaN is not zero.
  if (typeof value === 'number') return value !== 0;
  return Boolean(value);
}
