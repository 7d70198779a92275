import { NamedNumber } from './duration-object.ts';
import { parseFloat64, parseInt64 } from './parse-number.ts';
import { Int, type Value } from '../value/value.ts';

/**
 * A value as an int64, as spf13/cast 1.7 converts it: what cannot be converted is 0. Text may have a base prefix, and
 * zero decimals; floats lose theirs.
 */
export function toInt64(value: Value): bigint {
  if (value instanceof Int) return BigInt.asIntN(64, value.value);
  // Months and weekdays, but not durations.
  if (value instanceof NamedNumber) return BigInt(value.number);
  switch (typeof value) {
    case 'number':
      return truncateFloat(value);
    case 'boolean':
      return value ? 1n : 0n;
    case 'string': {
      const parsed = parseInt64(withoutZeroDecimals(value), 0);
      return parsed.error === undefined ? parsed.value : 0n;
    }
    default:
      return 0n;
  }
}

/** A value as a float64; what cannot be converted is 0. */
export function toFloat64(value: Value): number {
  if (value instanceof Int) return Number(value.value);
  if (value instanceof NamedNumber) return value.number;
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'string':
      return parseFloat64(value) ?? 0;
    default:
      return 0;
  }
}

/** Go's conversion on amd64: what does not fit is the smallest number there is. */
function truncateFloat(value: number): bigint {
  const fits = value >= -(2 ** 63) && value < 2 ** 63;
  return fits ? BigInt(Math.trunc(value)) : -(2n ** 63n);
}

function withoutZeroDecimals(text: string): string {
  return text.replace(/\.0+$/, '');
}
