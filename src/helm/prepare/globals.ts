import { GoMap } from '../value/value.ts';
import { coalesceTables, concatenate, type Warn } from './coalesce-tables.ts';
import { unionOf } from '../values/union.ts';

const GLOBAL = 'global';

/**
 * Hands a chart's globals on to a subchart: Helm's `coalesceGlobals`. Tables are copied one level deep only, so deeper
 * ones are the same objects in both charts.
 */
export function coalesceGlobals(dest: GoMap, source: GoMap, prefix: string, warn: Warn): void {
  const into = dest.has(GLOBAL) ? dest.get(GLOBAL) : new GoMap();
  if (!(into instanceof GoMap)) {
    warn(`warning: skipping globals because destination ${GLOBAL} is not a table.`);
    return;
  }
  const from = source.has(GLOBAL) ? source.get(GLOBAL) : new GoMap();
  if (!(from instanceof GoMap)) {
    warn(`warning: skipping globals because source ${GLOBAL} is not a table.`);
    return;
  }
  for (const key of from.keys()) {
    const value = from.get(key);
    const before = into.get(key);
    if (value instanceof GoMap) {
      const copy = value.shallowCopy();
      if (!into.has(key)) into.set(key, copy, from.originOf(key));
      else if (before instanceof GoMap) {
        coalesceTables(copy, before, concatenate(prefix, key), true, warn);
        into.set(key, copy, unionOf(from.originOf(key), into.originOf(key)));
      } else warn(`Conflict: cannot merge map onto non-map for "${key}". Skipping.`);
    } else if (before instanceof GoMap) warn(`key ${key} is table. Skipping`);
    else into.copyEntry(key, from);
  }
  dest.set(GLOBAL, into, unionOf(dest.originOf(GLOBAL), source.originOf(GLOBAL)));
}
