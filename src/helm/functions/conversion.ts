import { toFloat64, toInt64 } from '../go/cast.ts';
import { deepEqual } from '../go/deep-equal.ts';
import { parseInt64 } from '../go/parse-number.ts';
import { goTypeName, printValue } from '../go/print.ts';
import { int, int64 } from '../value/tracked.ts';
import { type HelmFunction, plain, shallow } from '../value/function.ts';
import { goKindOf } from './items.ts';
import { question } from './question.ts';

/** Functions that make numbers of values, and that ask for the types of values. */
export const conversionFunctions: Readonly<Record<string, HelmFunction>> = {
  int: shallow(['any'], (value) => int(toInt64(value))),
  int64: shallow(['any'], (value) => int64(toInt64(value))),
  float64: shallow(['any'], (value) => toFloat64(value)),
  // A number that is too large is the largest; sprig drops the error.
  atoi: plain(['string'], (text) => int(parseInt64(text, 10).value)),
  // Reads octal digits.
  toDecimal: plain(['any'], (value) => {
    const parsed = parseInt64(printValue(value), 8);
    return int64(parsed.error === undefined ? parsed.value : 0n);
  }),
  kindOf: question(shallow(['any'], goKindOf), 'never'),
  kindIs: question(
    shallow(['string', 'any'], (kind, value) => kind === goKindOf(value)),
    'never',
  ),
  typeOf: question(shallow(['any'], goTypeName), 'never'),
  typeIs: question(
    shallow(['string', 'any'], (type, value) => type === goTypeName(value)),
    'never',
  ),
  typeIsLike: question(
    shallow(['string', 'any'], (type, value) => {
      const name = goTypeName(value);
      return type === name || `*${type}` === name;
    }),
    'never',
  ),
  deepEqual: question(
    plain(['any', 'any'], (a, b) => deepEqual(a, b)),
    'yes',
  ),
};
