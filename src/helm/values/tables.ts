import { GoMap } from '../value/value.ts';

const GLOBAL = 'global';

/**
 * The paths of all tables of a root's values, by what identifies the maps. The globals of subcharts are the root's; what
 * lies in lists has no path of its own.
 */
export function tablesOf(values: GoMap): ReadonlyMap<object, readonly string[]> {
  const paths = new Map<object, readonly string[]>();
  const visit = (map: GoMap, path: readonly string[]): void => {
    if (paths.has(map.identity)) return;
    paths.set(map.identity, path);
    for (const key of map.keys()) {
      const value = map.get(key);
      if (value instanceof GoMap) visit(value, key === GLOBAL ? [GLOBAL] : [...path, key]);
    }
  };
  visit(values, []);
  return paths;
}
