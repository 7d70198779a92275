import { Taint } from '../value/origin.ts';
import { deepTaint, mixed, Tracked } from '../value/tracked.ts';
import type { Value } from '../value/value.ts';
import { type Arguments, type Call, type HelmFunction, type Signature } from '../value/function.ts';

/** A function whose result chance or the clock decides, besides its arguments. */
export function random<const S extends Signature>(
  signature: S,
  run: (call: Call, ...args: Arguments<S>) => Value,
): HelmFunction {
  const untyped = run as (call: Call, ...args: readonly Value[]) => Value;
  return {
    signature,
    call(call, args) {
      const value = untyped(call, ...args.map((argument) => argument.value));
      const taint = args.reduce((union, argument) => union.with(deepTaint(argument)), Taint.random);
      return typeof value === 'string' ? mixed(value, taint) : new Tracked(value, taint.origin);
    },
  };
}
