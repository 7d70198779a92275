import type { JsonNumber } from './json.ts';

/** An exact fraction. */
export interface Rational {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

/** Beyond this an exponent would only cost memory: no value of a file has more (a float64 ends at 308). */
const MAX_EXPONENT = 2000;

/** The exact value of a decimal number. */
export function toRational({ text }: JsonNumber): Rational {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?$/.exec(text);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match ?? [];
  const digits = BigInt(sign + whole + fraction);
  const power = Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, Number(exponent))) - fraction.length;
  const factor = 10n ** BigInt(Math.abs(power));
  return power >= 0 ? { numerator: digits * factor, denominator: 1n } : { numerator: digits, denominator: factor };
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

export function toNumber({ numerator, denominator }: Rational): number {
  const scale = 10n ** 20n;
  const quotient = Number(numerator) / Number(denominator);
  return Number.isFinite(quotient) ? quotient : Number((numerator * scale) / denominator) / Number(scale);
}
