import { Optional } from '@marcbachmann/cel-js';
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { entriesOf, isList } from '../values.ts';
import type { Library } from './library.ts';

function isZero(value: unknown): boolean {
  if (value === null || value === '' || value === 0 || value === 0n || value === false) return true;
  if (isList(value) || value instanceof Uint8Array) return value.length === 0;
  if (value instanceof UnsignedInt) return value.valueOf() === 0n;
  if (value instanceof Duration) return value.seconds === 0n && value.nanos === 0;
  return entriesOf(value)?.length === 0;
}

/** What cel-js lacks of optional values. */
export const optionals: Library = {
  namespaced: {
    'optional.ofNonZeroValue/1': (value) => (isZero(value) ? Optional.none() : Optional.of(value)),
  },
};
