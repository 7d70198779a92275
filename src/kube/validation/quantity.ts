import type { Check, Field } from './field.ts';

/** Quantities are kept in billionths, the finest unit that Kubernetes knows. */
const NANOS = 10n ** 9n;
const MILLI = 10n ** 6n;

const SUFFIXES: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 10n ** 3n,
  m: MILLI,
  '': NANOS,
  k: 10n ** 12n,
  M: 10n ** 15n,
  G: 10n ** 18n,
  T: 10n ** 21n,
  P: 10n ** 24n,
  E: 10n ** 27n,
  Ki: NANOS << 10n,
  Mi: NANOS << 20n,
  Gi: NANOS << 30n,
  Ti: NANOS << 40n,
  Pi: NANOS << 50n,
  Ei: NANOS << 60n,
};

/** The most that a quantity can hold; a larger one counts as this. */
const MOST = (2n ** 63n - 1n) * NANOS;

/** A quantity in billionths, rounded up to one; undefined for what is not a quantity. */
export function nanosOf(text: string): bigint | undefined {
  const [, sign, whole = '', fraction = '', suffix = '', exponent] =
    /^\s*([+-]?)(\d*)\.?(\d*)([numkMGTPE]i?|)(?:[eE]([+-]?\d+))?\s*$/.exec(text) ?? [];
  const unit = SUFFIXES[suffix];
  if (whole + fraction === '' || unit === undefined || (suffix !== '' && exponent !== undefined)) return undefined;
  let scale = fraction.length - Number(exponent ?? 0);
  if (Math.abs(scale) > 1000) return undefined;
  let nanos = BigInt(whole + fraction) * unit;
  if (scale < 0) nanos *= 10n ** BigInt(-scale);
  scale = Math.max(scale, 0);
  nanos = ceilingOf(nanos, 10n ** BigInt(scale));
  if (nanos > MOST) nanos = MOST;
  return sign === '-' ? -nanos : nanos;
}

function ceilingOf(dividend: bigint, divisor: bigint): bigint {
  return divisor === 1n ? dividend : (dividend + divisor - 1n) / divisor;
}

/** What a field says, which may be a number or a text. */
export function quantityText(field: Field): string {
  return field.number === undefined ? field.text : String(field.number);
}

/** The quantity of a field in billionths. */
export function quantityOf(field: Field): bigint | undefined {
  const text = quantityText(field);
  return text === '' ? undefined : nanosOf(text);
}

/** A quantity of a resource, which the API server rounds up to thousandths. */
export function resourceQuantityOf(field: Field): bigint | undefined {
  const nanos = quantityOf(field);
  if (nanos === undefined) return undefined;
  return nanos < 0n ? -((-nanos / MILLI) * MILLI) : ceilingOf(nanos, MILLI) * MILLI;
}

export function isWhole(nanos: bigint): boolean {
  return nanos % NANOS === 0n;
}

/** The whole number, rounded up. */
export function wholeOf(nanos: bigint): bigint {
  return nanos < 0n ? nanos / NANOS : ceilingOf(nanos, NANOS);
}

/** Whether a text says less than nothing: much cheaper than to read it. */
function isBelowZero(text: string): boolean {
  return /^\s*-/.test(text) && /[1-9]/.test(text.replace(/[eE].*/, ''));
}

export const notNegativeQuantity: Check = (field) => {
  if (isBelowZero(quantityText(field))) field.invalid('is a negative quantity', 'Write 0 or more');
};

export const positiveQuantity: Check = (field) => {
  // Null is a quantity of zero.
  const nanos = field.isSet ? quantityOf(field) : 0n;
  if (nanos !== undefined && nanos <= 0n) field.invalid('is not a positive quantity', 'Write a quantity above 0');
};
