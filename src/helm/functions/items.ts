import { goTypeName } from '../go/print.ts';
import { underlyingInteger } from '../go/underlying-integer.ts';
import { Bytes, GoList, GoMap, Int, isNil, isObject, type Value } from '../value/value.ts';
import type { Origin } from '../value/origin.ts';
import { Taint } from '../value/origin.ts';
import { itemOf, Tracked } from '../value/tracked.ts';
import { FunctionError } from '../value/function.ts';

/** What Go says when sprig asks for the type of nil. */
export const NIL_DEREFERENCE = 'runtime error: invalid memory address or nil pointer dereference';

/** A list that is nil: JSON prints it as `null`. */
export const NIL_LIST = new GoList([], '[]interface {}', undefined, true);

/** The name of a value's kind, as Go's `reflect.Kind` prints it. */
export function goKindOf(value: Value): string {
  if (isNil(value)) return 'invalid';
  if (value instanceof GoMap) return 'map';
  if (value instanceof GoList || value instanceof Bytes) return 'slice';
  return underlyingInteger(value)?.kind ?? (isObject(value) ? value.kind : goTypeName(value));
}

/** The items of a list, or of bytes, with their origins; undefined of anything else. */
export function itemsOf(list: Tracked): Tracked[] | undefined {
  const { value, origin } = list;
  if (value instanceof GoList) {
    const tracked = new Tracked(value, origin);
    return value.items.map((_, index) => itemOf(tracked, index));
  }
  if (!(value instanceof Bytes)) return undefined;
  return Array.from(value.bytes, (byte) => new Tracked(new Int('uint8', byte), origin));
}

/**
 * The items of an argument that must be a list.
 * @throws FunctionError with what Go says of anything else; its text comes before the name of the kind
 */
export function listItems(list: Tracked, complaint: string): Tracked[] {
  const items = itemsOf(list);
  if (items !== undefined) return items;
  throw new FunctionError(isNil(list.value) ? NIL_DEREFERENCE : `${complaint} ${goKindOf(list.value)}`);
}

/** A new list of values that bring their origins. The taint is that of the list as a whole. */
export function listOf(items: readonly Tracked[], taint: Taint = Taint.none): Tracked<GoList> {
  const origins: (Origin | undefined)[] = items.map((item) => item.origin);
  const values = items.map(({ value }) => (value === undefined ? null : value));
  return new Tracked(new GoList(values, '[]interface {}', origins), taint.origin);
}
