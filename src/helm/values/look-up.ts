import { GoMap, type Value } from '../value/value.ts';
import { Taint } from '../value/origin.ts';

/** A table at a path, and the keys that led there; undefined when there is none (Helm's `Values.Table`). */
export function lookUpTable(
  values: GoMap,
  path: readonly string[],
): { readonly table: GoMap; readonly taint: Taint } | undefined {
  let table = values;
  let taint = Taint.none;
  for (const key of path) {
    const next = table.get(key);
    if (!(next instanceof GoMap)) return undefined;
    taint = table.originOf(key)?.taint ?? taint;
    table = next;
  }
  return { table, taint };
}

/** What is not a table at a path; undefined when there is nothing or a table (Helm's `Values.PathValue`). */
export function lookUpValue(
  values: GoMap,
  path: readonly string[],
): { readonly value: Value; readonly taint: Taint } | undefined {
  const found = lookUpTable(values, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (found === undefined || !found.table.has(key)) return undefined;
  const value = found.table.get(key);
  if (value instanceof GoMap) return undefined;
  return { value, taint: found.table.originOf(key)?.taint ?? found.taint };
}
