import { Bytes, GoList, GoMap, isNil, type Value } from '../value/value.ts';
import { Tracked } from '../value/tracked.ts';
import { checkItemCount } from './bounds.ts';
import { FunctionError } from '../value/function.ts';

/** A copy of a value with copies of all that it holds. Origins are the same. */
export function deepCopy({ value, origin }: Tracked): Tracked {
  if (isNil(value)) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
  let count = 0;
  const copy = (original: Value): Value => {
    if (original instanceof Bytes) return new Bytes(original.bytes.slice(), original.isNil);
    if (!(original instanceof GoMap || original instanceof GoList)) return original;
    // A map that holds itself has no end.
    checkItemCount(++count);
    if (original instanceof GoList) {
      return new GoList(original.items.map(copy), original.type, original.origins, original.isNil);
    }
    const map = new GoMap(original.type, original.isNil);
    for (const key of original.keys()) map.set(key, copy(original.get(key)), original.originOf(key));
    return map;
  };
  return new Tracked(copy(value), origin);
}
