import { expect, it } from 'vitest';
import { toNumber } from '../../../src/helm/schema/rational.ts';

it.each([
  // Both parts have more digits than a float, and dividing them as floats goes wrong in the last.
  [12345678912345679n, 100000000n, 123456789.12345679],
  [12345678901234567n, 100000000000n, 123456.78901234567],
  [9223372036854775807n, 1n, 2 ** 63],
  [9007199254740993n, 1n, 9007199254740992],
  [9007199254740995n, 1n, 9007199254740996],
  [1n, 3n, 1 / 3],
  [-1n, 10n, -0.1],
  [0n, 7n, 0],
  [10n ** 308n, 1n, 1e308],
  [1n, 10n ** 320n, 1e-320],
  [3n * 10n ** 400n, 10n ** 390n, 3e10],
])('%s/%s is the nearest float', (numerator, denominator, expected) => {
  expect(toNumber({ numerator, denominator })).toBe(expected);
});
