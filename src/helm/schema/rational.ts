import { LimitError } from '../value/limit-error.ts';
import type { JsonNumber } from './json.ts';

/** An exact fraction. */
export interface Rational {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

/** Beyond this an exponent would only cost memory: no value of a file has more (a float64 ends at 308). */
const MAX_EXPONENT = 2000;

/** Arithmetic takes longer than linear time; a float64 has some 770 digits at most. */
const MAX_DIGITS = 2000;

/**
 * The exact value of a decimal number.
 * @throws LimitError for one with very many digits
 */
export function toRational({ text }: JsonNumber): Rational {
  if (text.length > MAX_DIGITS) throw new LimitError(`a number has more than ${MAX_DIGITS} digits`);
  const { sign, whole, fraction, exponent } = partsOf(text);
  const digits = BigInt(sign + whole + fraction);
  const power = Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, Number(exponent))) - fraction.length;
  const factor = 10n ** BigInt(Math.abs(power));
  return power >= 0 ? { numerator: digits * factor, denominator: 1n } : { numerator: digits, denominator: factor };
}

interface DecimalParts {
  readonly sign: string;
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: string;
}

function partsOf(text: string): DecimalParts {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?$/.exec(text);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match ?? [];
  return { sign, whole, fraction, exponent };
}

/** A decimal number without zeros at its ends: the same for equal numbers only. */
export function shortestDecimal({ text }: JsonNumber): string {
  const { sign, whole, fraction, exponent } = partsOf(text);
  const digits = (whole + fraction).replace(/^0+/, '');
  const end = lastNonZero(digits);
  if (end === 0) return '0';
  return `${sign}${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}

function lastNonZero(digits: string): number {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return end;
}

export function compareRationals(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isInteger({ numerator, denominator }: Rational): boolean {
  return numerator % denominator === 0n;
}

/** Whether `a` is a whole multiple of `b`; nothing is one of 0. */
export function isMultiple(a: Rational, b: Rational): boolean {
  return b.numerator !== 0n && (a.numerator * b.denominator) % (b.numerator * a.denominator) === 0n;
}

/** The nearest float, as `big.Rat` gives it: both parts may have more digits than a float. */
export function toNumber({ numerator, denominator }: Rational): number {
  const positive = numerator < 0n ? -numerator : numerator;
  if (positive === 0n) return 0;
  // More bits than a float has; what is left of the division is one more, so that rounding sees it.
  const shift = Math.max(0, EXACT_BITS + bitsOf(denominator) - bitsOf(positive));
  const scaled = positive << BigInt(shift);
  const quotient = (scaled / denominator) | (scaled % denominator === 0n ? 0n : 1n);
  const half = Math.floor(shift / 2);
  const value = Number(quotient) / 2 ** half / 2 ** (shift - half);
  return numerator < 0n ? -value : value;
}

const EXACT_BITS = 66;

function bitsOf(value: bigint): number {
  return value.toString(2).length;
}
