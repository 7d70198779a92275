import type { JsonNumber } from './json.ts';
import { compareRationals, isMultiple, toNumber, toRational, type Rational } from './rational.ts';
import { printCount, printNumber, quote } from './schema-error.ts';
import type { Validation } from './validation.ts';

/** Characters are counted by several at once. */
const CHARACTERS_BY_STEP_SHIFT = 4;

/** The keywords for strings; lengths are in characters. */
export function validateString(validation: Validation, text: string): void {
  validation.spend(text.length >> CHARACTERS_BY_STEP_SHIFT);
  const { minLength: min, maxLength: max, pattern } = validation.schema;
  if (min !== undefined || max !== undefined) {
    const length = countCharacters(text);
    if (min !== undefined && length < min)
      validation.report(`minLength: got ${printCount(length)}, want ${printCount(min)}`);
    if (max !== undefined && length > max)
      validation.report(`maxLength: got ${printCount(length)}, want ${printCount(max)}`);
  }
  if (pattern !== undefined && !validation.matches(pattern.regexp, text)) {
    validation.report(() => `${quote(text)} does not match pattern ${quote(pattern.text)}`);
  }
}

function countCharacters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) at++;
    count++;
  }
  return count;
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
