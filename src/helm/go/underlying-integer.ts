import { GoDuration, NamedNumber } from './duration-object.ts';
import { Int, type Value } from '../value/value.ts';

/** The integer that a month, a weekday or a duration is to Go's reflection; undefined of any other value. */
export function underlyingInteger(value: Value): Int | undefined {
  if (value instanceof NamedNumber) return new Int('int', value.number);
  return value instanceof GoDuration ? new Int('int64', value.nanoseconds) : undefined;
}
