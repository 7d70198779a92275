import { decisionTaint } from '../value/decision.ts';
import { underlyingInteger } from '../go/underlying-integer.ts';
import { Bytes, GoList, GoMap, Int, isNil, type Value } from '../value/value.ts';
import { type Condition, Taint } from '../value/origin.ts';
import { Tracked, withTaint } from '../value/tracked.ts';
import { type HelmFunction, shallow, traced } from '../value/function.ts';
import { question } from './question.ts';

/** Functions that ask whether values are empty, and choose. */
export const defaultFunctions: Readonly<Record<string, HelmFunction>> = {
  default: traced(['any', '...any'], (call, fallback, given) => {
    if (given !== undefined && !isEmpty(given.value)) return given;
    if (given !== undefined) call.passOver?.(given, fallback);
    return given === undefined ? fallback : withTaint(fallback, given.taint);
  }),
  coalesce: traced(['...any'], (call, ...values) => {
    const { found, taint } = findFirst(values, (value) => !isEmpty(value));
    for (const passed of values) {
      if (found === undefined || passed === found) break;
      call.passOver?.(passed, found);
    }
    return withTaint(found ?? new Tracked(null), taint);
  }),
  empty: question(shallow(['any'], isEmpty), 'yes'),
  all: traced(['...any'], (call, ...values) => {
    const found = values.find(({ value }) => isEmpty(value));
    return new Tracked(found === undefined, answerTaint(values, found, call.condition).origin);
  }),
  any: traced(['...any'], (call, ...values) => {
    const found = values.find(({ value }) => !isEmpty(value));
    return new Tracked(found !== undefined, answerTaint(values, found, call.condition).origin);
  }),
  ternary: traced(['any', 'any', 'bool'], (_call, ifTrue, ifFalse, condition) => {
    return withTaint(condition.value ? ifTrue : ifFalse, condition.taint.asChoice);
  }),
};

/** Whether sprig takes a value for one that is not set: nil, false, zero, or a text, list or map with nothing in it. */
export function isEmpty(value: Value): boolean {
  if (isNil(value) || value === false || value === 0 || value === '') return true;
  if (value instanceof Int) return value.value === 0n;
  if (value instanceof GoMap) return value.size === 0;
  if (value instanceof GoList) return value.items.length === 0;
  if (value instanceof Bytes) return value.bytes.length === 0;
  return underlyingInteger(value)?.value === 0n;
}

/** The keys of an answer that one value settled, or all of them together. */
function answerTaint(values: readonly Tracked[], settling: Tracked | undefined, outer: Condition | undefined): Taint {
  const settled = settling === undefined ? [] : [decisionTaint(settling, outer)];
  const others = values.map((value) => (settling === undefined ? decisionTaint(value, outer) : value.taint.asChoice));
  return Taint.union([...settled, ...others]);
}

/** The first value for which something holds, and the keys of those before it, which decided that it is not one of them. */
function findFirst(
  values: readonly Tracked[],
  matches: (value: Value) => boolean,
): { found: Tracked | undefined; taint: Taint } {
  let taint = Taint.none;
  for (const value of values) {
    if (matches(value.value)) return { found: value, taint };
    taint = taint.with(value.taint);
  }
  return { found: undefined, taint };
}
