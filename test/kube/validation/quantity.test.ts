import { describe, expect, it } from 'vitest';
import { nanosOf } from '../../../src/kube/validation/quantity.ts';

describe('quantities', () => {
  it.each([
    ['1', 10n ** 9n],
    ['0', 0n],
    ['-1', -(10n ** 9n)],
    ['100m', 10n ** 8n],
    ['.5', 5n * 10n ** 8n],
    ['1.', 10n ** 9n],
    ['1.5Gi', (3n << 29n) * 10n ** 9n],
    ['1e3', 10n ** 12n],
    ['1E-3', 10n ** 6n],
    ['2E', 2n * 10n ** 27n],
    ['1n', 1n],
    // What is finer than a billionth is rounded up.
    ['0.1n', 1n],
    ['1e-30', 1n],
    ['100E', (2n ** 63n - 1n) * 10n ** 9n],
  ])('%s', (text, nanos) => {
    expect(nanosOf(text)).toBe(nanos);
  });

  it.each(['', 'a', '1 Gi', '1gi', '1Kim', '.', '1e3Gi', '0x10', '1,5'])('%j is none', (text) => {
    expect(nanosOf(text)).toBeUndefined();
  });
});
