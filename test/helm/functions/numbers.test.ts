import { expect, it } from 'vitest';
import { messageOf, render } from '../template/render-text.ts';

// What Helm 4.1.4 prints.
it.each([
  ['int "010"', '8'],
  ['int "08"', '0'],
  ['int "0x1f"', '31'],
  ['int "0_x1"', '0'],
  ['int "1_000"', '1000'],
  ['int "100.00"', '100'],
  ['int "1.5"', '0'],
  ['int " 5"', '0'],
  ['int -1.9', '-1'],
  ['int 1e30', '-9223372036854775808'],
  ['int "99999999999999999999"', '0'],
  ['int64 true', '1'],
  ['atoi "010"', '10'],
  ['atoi "99999999999999999999"', '9223372036854775807'],
  ['toDecimal "777"', '511'],
  ['toDecimal 8', '0'],
  ['float64 "1_000"', '1000'],
  ['float64 "0x1.8p1"', '3'],
  ['float64 "0x10"', '0'],
  ['float64 "1e400"', '0'],
  ['float64 "-inf"', '-Inf'],
  ['add 1 "2" 3.7 true', '7'],
  ['add (int64 "9223372036854775807") 1', '-9223372036854775808'],
  ['div -7 2', '-3'],
  ['mod -7 3', '-1'],
  ['max 1.9 "5" 3', '5'],
  ['min 1 5 -3', '-3'],
  ['addf 0.1 0.2', '0.3'],
  ['subf 10 3 2.5', '4.5'],
  ['mulf 1.1 1.1 3', '3.63'],
  ['divf 2 3', '0.6666666666666667'],
  ['divf -2 3', '-0.6666666666666667'],
  ['maxf 1 5.5 3', '5.5'],
  ['round -2.4 0', '-3'],
  ['round 123.5555 3 0.6', '123.555'],
  ['round 1234.5 -2', '1200'],
  ['ceil "1.1"', '2'],
  ['until -3', '[0 -1 -2]'],
  ['untilStep 10 0 -4', '[10 6 2]'],
  ['seq 5', '1 2 3 4 5'],
  ['seq 0', '1 0'],
  ['seq 6 -2 0', '6 4 2 0'],
  ['seq 5 1 0', ''],
  ['typeOf (until 1)', '[]int'],
  ['typeOf (seq 1)', 'string'],
  ['typeOf (round 1 0)', 'float64'],
  ['kindOf nil', 'invalid'],
  ['kindIs "slice" (splitList "" "a")', 'true'],
  ['typeIsLike "int" 5', 'true'],
  ['deepEqual (list 1 (dict "a" 1)) (list 1 (dict "a" 1))', 'true'],
  ['deepEqual 1 1.0', 'false'],
])('computes {{ %s }}', (action, expected) => {
  expect(render(`{{ ${action} }}`).value).toBe(expected);
});

it.each([
  ['div 1 0', 'runtime error: integer divide by zero'],
  ['divf 1 0', 'decimal division by 0'],
  ['addf "nan" 1', 'Cannot create a Decimal from NaN'],
  ['until 2000000000', 'there would be more than 10000000 items'],
])('fails on {{ %s }}', (action, expected) => {
  expect(messageOf(() => render(`{{ ${action} }}`))).toContain(expected);
});
