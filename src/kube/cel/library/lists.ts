import { Duration } from '@marcbachmann/cel-js/evaluator';
import { invalidArgument, noSuchOverload } from '../fault.ts';
import { compare, entriesOf, isEqual, isList } from '../values.ts';
import type { Library } from './library.ts';
import { Optional } from '@marcbachmann/cel-js';

/** A list longer than this is made by no rule that the API server lets run. */
const LONGEST = 1_000_000n;

function list(value: unknown, name: string): unknown[] {
  if (!isList(value)) throw noSuchOverload(name);
  return value;
}

function order(a: unknown, b: unknown, name: string): number {
  const result = compare(a, b);
  if (result === undefined) throw noSuchOverload(name);
  return result;
}

function extreme(value: unknown, name: string, sign: 1 | -1): unknown {
  const items = list(value, name);
  if (items.length === 0) throw invalidArgument(`${name} of an empty list`);
  return items.reduce((best, item) => (order(item, best, name) * sign > 0 ? item : best));
}

function sum(value: unknown): unknown {
  const items = list(value, 'sum');
  // Of an empty list the type is not known, and with it not which zero.
  if (items.length === 0) return 0n;
  return items.reduce((total, item) => {
    if (typeof total === 'bigint' && typeof item === 'bigint') return total + item;
    if (typeof total === 'number' && typeof item === 'number') return total + item;
    if (total instanceof Duration && item instanceof Duration) return total.addDuration(item);
    throw noSuchOverload('sum');
  });
}

function isSorted(value: unknown): boolean {
  const items = list(value, 'isSorted');
  return items.every((item, index) => index === 0 || order(items[index - 1], item, 'isSorted') <= 0);
}

function distinct(value: unknown): unknown[] {
  const found: unknown[] = [];
  const scalars = new Set<unknown>();
  for (const item of list(value, 'distinct')) {
    if (typeof item === 'string' || typeof item === 'bigint' || typeof item === 'boolean') {
      if (scalars.has(item)) continue;
      scalars.add(item);
    } else if (found.some((other) => isEqual(other, item))) continue;
    found.push(item);
  }
  return found;
}

function flatten(value: unknown, depth: unknown = 1n): unknown[] {
  if (typeof depth !== 'bigint' || depth < 0n) throw invalidArgument('flatten to a negative depth');
  return list(value, 'flatten').flatMap((item) =>
    isList(item) && depth > 0n ? (depth > 1n ? flatten(item, depth - 1n) : item) : [item],
  );
}

function slice(value: unknown, start: unknown, end: unknown): unknown[] {
  const items = list(value, 'slice');
  if (typeof start !== 'bigint' || typeof end !== 'bigint') throw noSuchOverload('slice');
  if (start < 0n || end < start || end > BigInt(items.length)) throw invalidArgument('slice out of range');
  return items.slice(Number(start), Number(end));
}

function contains(all: unknown, some: unknown): boolean {
  const items = list(all, 'sets.contains');
  return list(some, 'sets.contains').every((item) => items.some((other) => isEqual(other, item)));
}

function first(value: unknown, index: number): unknown {
  const item = list(value, 'first').at(index);
  return item === undefined ? Optional.none() : Optional.of(item);
}

/** What text and lists have in common in CEL: `indexOf` of both has its home in text.ts. */
export function indexInList(items: readonly unknown[], item: unknown): bigint {
  return BigInt(items.findIndex((other) => isEqual(other, item)));
}

export function lastIndexInList(items: readonly unknown[], item: unknown): bigint {
  return BigInt(items.findLastIndex((other) => isEqual(other, item)));
}

/** Lists, and lists as sets. */
export const lists: Library = {
  methods: {
    'sum/0': sum,
    'min/0': (value) => extreme(value, 'min', -1),
    'max/0': (value) => extreme(value, 'max', 1),
    'isSorted/0': isSorted,
    'distinct/0': distinct,
    'flatten/0': (value) => flatten(value),
    'flatten/1': (value, depth) => flatten(value, depth),
    'slice/2': slice,
    'sort/0': (value) => [...list(value, 'sort')].sort((a, b) => order(a, b, 'sort')),
    'reverse/0': (value) => list(value, 'reverse').toReversed(),
    'first/0': (value) => first(value, 0),
    'last/0': (value) => first(value, -1),
  },
  namespaced: {
    'lists.range/1'(count) {
      if (typeof count !== 'bigint') throw noSuchOverload('lists.range');
      if (count > LONGEST) throw noSuchOverload('lists.range');
      return Array.from({ length: Number(count) }, (_, index) => BigInt(index));
    },
    'sets.contains/2': contains,
    'sets.equivalent/2': (a, b) => contains(a, b) && contains(b, a),
    'sets.intersects/2'(a, b) {
      const items = list(a, 'sets.intersects');
      return list(b, 'sets.intersects').some((item) => items.some((other) => isEqual(other, item)));
    },
  },
};

/** What a macro goes through: the items of a list, or the keys of a map, each with its value. */
export function iterate(value: unknown): [unknown, unknown][] {
  if (isList(value)) return value.map((item, index) => [BigInt(index), item]);
  const entries = entriesOf(value);
  if (entries === undefined) throw noSuchOverload('a macro');
  return entries;
}
