import type { JsonNumber } from './json.ts';
import { compareRationals, isMultiple, toNumber, toRational, type Rational } from './rational.ts';
import { printCount, printNumber, quote } from './schema-error.ts';
import type { Validation } from './validation.ts';

/** The keywords for strings; lengths are in characters. */
export function validateString(validation: Validation, text: string): void {
  const { minLength: min, maxLength: max, pattern } = validation.schema;
  if (min !== undefined || max !== undefined) {
    const { length } = Array.from(text);
    if (min !== undefined && length < min)
      validation.report(`minLength: got ${printCount(length)}, want ${printCount(min)}`);
    if (max !== undefined && length > max)
      validation.report(`maxLength: got ${printCount(length)}, want ${printCount(max)}`);
  }
  if (pattern !== undefined && pattern.regexp.find(text) === undefined) {
    validation.report(`${quote(text)} does not match pattern ${quote(pattern.text)}`);
  }
}

/** The keywords for numbers, which are compared exactly. */
export function validateNumber(validation: Validation, number: JsonNumber): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = validation.schema;
  const value = toRational(number);
  const refuse = (keyword: string, limit: Rational): void => {
    validation.report(`${keyword}: got ${printNumber(toNumber(value))}, want ${printNumber(toNumber(limit))}`);
  };
  if (minimum !== undefined && compareRationals(value, minimum) < 0) refuse('minimum', minimum);
  if (maximum !== undefined && compareRationals(value, maximum) > 0) refuse('maximum', maximum);
  if (exclusiveMinimum !== undefined && compareRationals(value, exclusiveMinimum) <= 0) {
    refuse('exclusiveMinimum', exclusiveMinimum);
  }
  if (exclusiveMaximum !== undefined && compareRationals(value, exclusiveMaximum) >= 0) {
    refuse('exclusiveMaximum', exclusiveMaximum);
  }
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) refuse('multipleOf', multipleOf);
}
