import { GoList, GoMap, type Value } from '../go/value.ts';

/** A copy of values that shares no container with them. */
export function deepCopy(map: GoMap): GoMap {
  const copy = new GoMap(map.type, map.isNil);
  for (const key of map.keys()) copy.set(key, copyValue(map.get(key)), map.originOf(key));
  return copy;
}

function copyValue(value: Value): Value {
  if (value instanceof GoMap) return deepCopy(value);
  if (value instanceof GoList) return new GoList(value.items.map(copyValue), value.type, value.origins, value.isNil);
  return value;
}
