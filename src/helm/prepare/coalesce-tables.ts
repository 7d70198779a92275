import { printValue } from '../go/print.ts';
import { GoMap } from '../value/value.ts';
import { unionOf } from '../values/union.ts';

/** Takes what Helm would print as a warning. */
export type Warn = (message: string) => void;

/**
 * Merges `src` into `dst`, which wins: Helm's `coalesceTablesFullKey`, with what it does to both maps.
 * @param isMerge keep nulls; otherwise a null in `dst` removes the key that `src` sets
 */
export function coalesceTables(dst: GoMap, src: GoMap, prefix: string, isMerge: boolean, warn: Warn): GoMap {
  const wasNotNull = new Set(src.keys().filter((key) => src.get(key) !== null));
  for (const key of dst.keys()) if (dst.get(key) === null) src.copyEntry(key, dst);
  for (const key of src.keys()) {
    const value = src.get(key);
    const name = concatenate(prefix, key);
    const before = dst.get(key);
    if (before === null && !isMerge && wasNotNull.has(key)) dst.deleteBy(key, dst.originOf(key));
    else if (!dst.has(key)) dst.copyEntry(key, src);
    else if (value instanceof GoMap) {
      if (before instanceof GoMap) {
        coalesceTables(before, value, name, isMerge, warn);
        dst.set(key, before, unionOf(dst.originOf(key), src.originOf(key)));
      } else warn(`warning: cannot overwrite table with non table for ${name} (${printValue(value)})`);
    } else if (before instanceof GoMap && value !== null) {
      warn(`warning: destination for ${name} is a table. Ignoring non-table value (${printValue(value)})`);
    }
  }
  return dst;
}

export function concatenate(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`;
}
