import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FloatVerb, formatFloat, printFloat } from '../../../src/helm/go/float.ts';

// As `{{ v }}` of helm 4.1.4 prints them.
test.each<[number, string]>([
  [100000, '100000'],
  [999999, '999999'],
  [999999.5, '999999.5'],
  [123456.789, '123456.789'],
  [1000000, '1e+06'],
  [1234567, '1.234567e+06'],
  [21000000.5, '2.10000005e+07'],
  [1e20, '1e+20'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [1.2345678901234567e19, '1.2345678901234567e+19'],
  [0, '0'],
  [-0, '-0'],
  [NaN, 'NaN'],
  [Infinity, '+Inf'],
])('prints %d as %s', (value, expected) => {
  expect(printFloat(value)).toBe(expected);
});

test.each<[number, FloatVerb, number, string]>([
  [2.5, 'f', 0, '2'],
  [3.5, 'f', 0, '4'],
  [0.5, 'f', 0, '0'],
  [0.1, 'f', 20, '0.10000000000000000555'],
  [1e300, 'f', -1, `1${'0'.repeat(300)}`],
  [9.995, 'f', 2, '9.99'],
  [0, 'e', 2, '0.00e+00'],
  [12345.678, 'e', 2, '1.23e+04'],
  [1234.5678, 'g', 4, '1235'],
  [99999.5, 'g', 5, '1e+05'],
  [100000, 'G', 3, '1E+05'],
  [3.5, 'x', -1, '0x1.cp+01'],
  [3.5, 'X', 0, '0X1P+02'],
  [1, 'b', -1, '4503599627370496p-52'],
  [5e-324, 'x', -1, '0x1p-1074'],
])('formats %d by %s with precision %d', (value, verb, precision, expected) => {
  expect(formatFloat(value, verb, precision)).toBe(expected);
});

test('the shortest form gives the number back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(formatFloat(value, 'g', -1))).toBe(value);
      expect(Number(formatFloat(value, 'e', -1))).toBe(value);
    }),
  );
});
