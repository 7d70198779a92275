import { GoList, GoMap, type Value } from '../value/value.ts';

/** A copy of values that shares no container with them. */
export function copyValues(map: GoMap): GoMap {
  // Asked for first, so that the copy takes over their order.
  const keys = map.keys();
  const copy = map.shallowCopy();
  for (const key of keys) {
    const value = map.get(key);
    if (value instanceof GoMap || value instanceof GoList) copy.set(key, copyValue(value), map.originOf(key));
  }
  return copy;
}

function copyValue(value: Value): Value {
  if (value instanceof GoMap) return copyValues(value);
  if (value instanceof GoList) return new GoList(value.items.map(copyValue), value.type, value.origins, value.isNil);
  return value;
}
