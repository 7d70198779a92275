import { GoMap } from '../value/value.ts';
import { unionOf } from './union.ts';

/** Merges two maps into a new one: `b` wins, maps merge, null replaces as any value does (Helm's `MergeMaps`). */
export function mergeMaps(a: GoMap, b: GoMap): GoMap {
  const merged = a.shallowCopy();
  for (const key of b.keys()) {
    const value = b.get(key);
    const before = merged.get(key);
    if (value instanceof GoMap && before instanceof GoMap) {
      merged.set(key, mergeMaps(before, value), unionOf(merged.originOf(key), b.originOf(key)));
    } else merged.copyEntry(key, b);
  }
  return merged;
}
