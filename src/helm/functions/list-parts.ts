import { toInt64 } from '../go/cast.ts';
import { Bytes, GoList, type Value } from '../value/value.ts';
import { Taint } from '../value/origin.ts';
import { deepTaint, Tracked } from '../value/tracked.ts';
import { FunctionError } from '../value/function.ts';
import { listItems, listOf, NIL_LIST } from './items.ts';

/** A list without some of its first and last items; nil when it is empty already, as in sprig. */
export function part(items: readonly Tracked[], start: number, end: number, taint: Taint): Tracked {
  if (items.length === 0) return new Tracked(NIL_LIST, taint.origin);
  return listOf(items.slice(start, items.length - end), taint);
}

/** The items that are kept. Those that are not had their part in what the list is. */
export function filtered(list: Tracked, items: readonly Tracked[], keeps: (value: Value) => boolean): Tracked {
  const kept: Tracked[] = [];
  const taints = [list.taint];
  for (const item of items) {
    if (keeps(item.value)) kept.push(item);
    else taints.push(deepTaint(item));
  }
  return listOf(kept, Taint.union(taints));
}

/**
 * The items from an index up to another; by default all. An empty list becomes nil, before the indices are looked at.
 * Go would also continue past the end, as far as memory happens to be reserved: here that is an error.
 */
export function sliceList(list: Tracked, indices: readonly Tracked[]): Tracked {
  const { value } = list;
  const items = listItems(list, 'list should be type of slice or array but');
  const taint = Taint.union([list.taint, ...indices.map((index) => index.taint)]);
  if (items.length === 0) return new Tracked(null, taint.origin);
  const [first, second] = indices;
  const start = first === undefined ? 0 : Number(toInt64(first.value));
  const end = second === undefined ? items.length : Number(toInt64(second.value));
  if (start < 0 || start > end || end > items.length) {
    throw new FunctionError('reflect.Value.Slice: slice index out of bounds');
  }
  if (value instanceof Bytes) return new Tracked(new Bytes(value.bytes.subarray(start, end)), taint.origin);
  const part = items.slice(start, end);
  const type = value instanceof GoList ? value.type : undefined;
  const values = part.map((item) => item.value);
  const origins = part.map((item) => item.origin);
  return new Tracked(new GoList(values, type, origins), taint.origin);
}

/** A list cut into lists of one size, of which the last may be shorter. Go fails to make what sprig computes for no size. */
export function chunks(items: readonly Tracked[], size: number, taint: Taint): Tracked {
  const { length } = items;
  const count = Math.floor((length - 1) / size) + 1;
  const lastLength = length % size === 0 ? size : length % size;
  const hasNegative = count > 1 ? size < 0 : count === 1 && lastLength < 0;
  if (!(count >= 0) || count > length || hasNegative)
    throw new FunctionError('runtime error: makeslice: len out of range');
  const lists = Array.from({ length: count }, (_, index) => {
    const start = index * size;
    return listOf(items.slice(start, index === count - 1 ? start + lastLength : start + size)).value;
  });
  return new Tracked(new GoList(lists, '[][]interface {}'), taint.origin);
}
