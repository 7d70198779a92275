import { FunctionError } from '../value/function.ts';
import { printFloat } from './float.ts';

/** A decimal number of any length: an integer times a power of ten. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** shopspring/decimal divides to this many digits after the point. */
const DIVISION_DIGITS = 16;

/** The shortest decimal number that reads as a float64. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) throw new FunctionError(`Cannot create a Decimal from ${printFloat(value)}`);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  return { digits: BigInt(sign + whole + fraction), exponent: Number(exponent) - fraction.length };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: digitsAt(a, exponent) + digitsAt(b, exponent), exponent };
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { digits: -b.digits, exponent: b.exponent });
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

/** Halves are rounded away from zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new FunctionError('decimal division by 0');
  const shift = a.exponent - b.exponent + DIVISION_DIGITS;
  const dividend = a.digits * 10n ** BigInt(Math.max(shift, 0));
  const divisor = b.digits * 10n ** BigInt(Math.max(-shift, 0));
  const rest = magnitude(dividend % divisor) * 2n;
  const isNegative = dividend < 0n !== divisor < 0n;
  const carry = rest < magnitude(divisor) ? 0n : isNegative ? -1n : 1n;
  return { digits: dividend / divisor + carry, exponent: -DIVISION_DIGITS };
}

/** The nearest float64. */
export function decimalToNumber({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

function digitsAt(decimal: Decimal, exponent: number): bigint {
  return decimal.digits * 10n ** BigInt(decimal.exponent - exponent);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
