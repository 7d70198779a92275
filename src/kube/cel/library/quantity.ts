import { isWhole, nanosOf } from '../../validation/quantity.ts';
import { invalidArgument, noSuchOverload } from '../fault.ts';
import { compareSemver, Quantity, Semver } from '../values.ts';
import type { Library } from './library.ts';

const NANOS = 10n ** 9n;

function read(text: unknown): Quantity | undefined {
  if (typeof text !== 'string') throw noSuchOverload('quantity');
  // Unlike JSON, the function takes no white space around a quantity.
  const nanos = text.trim() === text ? nanosOf(text) : undefined;
  return nanos === undefined ? undefined : new Quantity(nanos);
}

function quantity(value: unknown): Quantity {
  if (!(value instanceof Quantity)) throw noSuchOverload('quantity');
  return value;
}

function compare(a: unknown, b: unknown): number {
  if (a instanceof Semver && b instanceof Semver) return compareSemver(a, b);
  const [left, right] = [quantity(a).nanos, quantity(b).nanos];
  return left < right ? -1 : left > right ? 1 : 0;
}

function nanosOfOperand(value: unknown): bigint {
  return typeof value === 'bigint' ? value * NANOS : quantity(value).nanos;
}

/** Quantities such as `200M`, and the comparisons that versions have too. */
export const quantities: Library = {
  functions: {
    'quantity/1'(text) {
      const found = read(text);
      if (found === undefined) throw invalidArgument('Not a quantity.');
      return found;
    },
    'isQuantity/1': (text) => read(text) !== undefined,
    'sign/1': (value) => BigInt(compare(value, new Quantity(0n))),
  },
  methods: {
    'sign/0': (value) => BigInt(compare(value, new Quantity(0n))),
    'isGreaterThan/1': (a, b) => compare(a, b) > 0,
    'isLessThan/1': (a, b) => compare(a, b) < 0,
    'compareTo/1': (a, b) => BigInt(compare(a, b)),
    'isInteger/0': (value) => isWhole(quantity(value).nanos),
    'asInteger/0'(value) {
      const { nanos } = quantity(value);
      if (!isWhole(nanos)) throw invalidArgument('Not a whole number.');
      return nanos / NANOS;
    },
    'asApproximateFloat/0': (value) => Number(quantity(value).nanos) / Number(NANOS),
    'add/1': (a, b) => new Quantity(quantity(a).nanos + nanosOfOperand(b)),
    'sub/1': (a, b) => new Quantity(quantity(a).nanos - nanosOfOperand(b)),
  },
};
