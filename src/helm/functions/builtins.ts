import { byteLength, toBytes } from '../value/bytes.ts';
import { goTypeName, printValue } from '../go/print.ts';
import { isTrue } from '../value/truth.ts';
import { Bytes, GoList, GoMap, Int, isObject, type Value } from '../value/value.ts';
import { zeroOf } from '../value/zero.ts';
import { type Condition, Taint } from '../value/origin.ts';
import { entryOf, int, itemOf, Tracked, withTaint } from '../value/tracked.ts';
import { chosenAfter, decisionTaint } from '../value/decision.ts';
import { isAtMost, isEqualToAny, isLess } from './comparison.ts';
import { FunctionError, type HelmFunction, plain, shallow, traced, type TrackedParameter } from '../value/function.ts';
import { question } from './question.ts';

/**
 * The functions of Go's text/template itself (Go 1.25, funcs.go), except for those that print, and Helm's own that need
 * the rendering. The evaluator does not call `and` and `or`: they evaluate no further than they must.
 */
export const builtinFunctions: Readonly<Record<string, HelmFunction>> = {
  and: reflective(traced(['any', '...any'], (call, ...values) => decideBetween(values, false, call.condition))),
  or: reflective(traced(['any', '...any'], (call, ...values) => decideBetween(values, true, call.condition))),
  not: reflective(
    traced(['any'], (call, value) => {
      return new Tracked(!isTrue(value.value), decisionTaint(toTracked(value), call.condition).origin);
    }),
  ),
  eq: reflective(
    question(
      shallow(['any', '...any'], (first, ...others) => isEqualToAny(first, others)),
      'yes',
    ),
  ),
  ne: reflective(
    question(
      shallow(['any', 'any'], (a, b) => !isEqualToAny(a, [b])),
      'no',
    ),
  ),
  lt: reflective(shallow(['any', 'any'], isLess)),
  le: reflective(shallow(['any', 'any'], isAtMost)),
  gt: reflective(shallow(['any', 'any'], (a, b) => !isAtMost(a, b))),
  ge: reflective(shallow(['any', 'any'], (a, b) => !isLess(a, b))),
  len: reflective(shallow(['any'], (value) => int(lengthOf(value)))),
  index: reflective(traced(['any', '...any'], (_call, item, ...indexes) => indexInto(item, indexes))),
  call: reflective(shallow(['any', '...any'], (name, value) => refuseCall(name, value))),
  include: traced(['string', 'any'], (call, { value, taint }, data) => {
    const text = call.include(value, new Tracked(data.value, data.origin));
    return taint === Taint.none ? text : withTaint(text, taint.asChoice);
  }),
  tpl: traced(['string', 'any'], (call, { value, origin }, data) => {
    return call.tpl(new Tracked(value, origin), new Tracked(data.value, data.origin));
  }),
  required: traced(['string', 'any'], (_call, message, { value, origin }) => {
    if (value === null || value === '') throw new FunctionError(wrapWarning(message.value));
    return new Tracked(value, origin);
  }),
  fail: plain(['string'], (message) => {
    throw new FunctionError(wrapWarning(message));
  }),
  // There is no cluster and no name server to ask: the answer does not depend on the question.
  lookup: traced(['string', 'string', 'string', 'string'], () => new Tracked(new GoMap())),
  getHostByName: traced(['string'], () => new Tracked('')),
};

/** What `fail` and `required` put around their messages, for Helm to find them in Go's (Helm 4.1.4, pkg/engine, warnWrap). */
export const WARNING_START = 'HELM_ERR_START';
export const WARNING_END = 'HELM_ERR_END';

function wrapWarning(message: string): string {
  return WARNING_START + message + WARNING_END;
}

/** Go's own functions see whether there is no value or a nil. */
function reflective(called: HelmFunction): HelmFunction {
  return { ...called, isReflective: true };
}

function decideBetween(values: readonly Tracked[], isOr: boolean, outer: Condition | undefined): Tracked {
  const found = values.findIndex(({ value }) => isTrue(value) === isOr);
  const at = found === -1 ? values.length - 1 : found;
  return chosenAfter(values.slice(0, at), values[at] ?? new Tracked(undefined), isOr, outer);
}

function toTracked({ value, origin }: TrackedParameter<'any'>): Tracked {
  return new Tracked(value, origin);
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return byteLength(value);
  if (value instanceof GoMap) return value.size;
  if (value instanceof GoList) return value.items.length;
  if (value instanceof Bytes) return value.bytes.length;
  if (value === null) throw new FunctionError('len of nil pointer');
  if (value === undefined) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
  throw new FunctionError(`len of type ${pointedType(value)}`);
}

/** Go looks through pointers. */
function pointedType(value: Value): string {
  const type = goTypeName(value);
  return isObject(value) && value.kind === 'ptr' ? type.replace(/^\*/, '') : type;
}

/** An item of an item …: with its own origin, and the keys of the indexes that chose it. */
function indexInto(item: Tracked, indexes: readonly Tracked[]): Tracked {
  if (item.value === undefined || item.value === null) throw new FunctionError('index of untyped nil');
  let found = item;
  let taint = Taint.none;
  for (const index of indexes) {
    found = itemAt(found, index.value);
    taint = taint.with(index.taint);
  }
  return taint === Taint.none ? found : withTaint(found, taint.asChoice);
}

function itemAt(container: Tracked, index: Value): Tracked {
  const { value, origin } = container;
  if (value instanceof GoMap) return entryOrZero(new Tracked(value, origin), requireTextKey(index));
  if (value instanceof GoList)
    return itemOf(new Tracked(value, origin), requireIndex(index, value.items.length, 'slice'));
  if (value instanceof Bytes) return byteAt(value.bytes, index, origin.taint, 'slice');
  if (typeof value === 'string') return byteAt(toBytes(value), index, origin.taint, 'string');
  if (value === undefined || value === null) throw new FunctionError('index of nil pointer');
  throw new FunctionError(`can't index item of type ${pointedType(value)}`);
}

function byteAt(bytes: Uint8Array, index: Value, taint: Taint, kind: 'slice' | 'string'): Tracked {
  return new Tracked(new Int('uint8', bytes[requireIndex(index, bytes.length, kind)] ?? 0), taint.origin);
}

function entryOrZero(map: Tracked<GoMap>, key: string): Tracked {
  const entry = entryOf(map, key);
  return entry.value === undefined ? new Tracked(zeroOf(map.value.type), entry.origin) : entry;
}

function requireTextKey(index: Value): string {
  if (typeof index === 'string') return index;
  if (index === undefined || index === null) throw new FunctionError('value is nil; should be of type string');
  throw new FunctionError(`value has type ${goTypeName(index)}; should be string`);
}

function requireIndex(index: Value, length: number, kind: 'slice' | 'string'): number {
  if (index === undefined || index === null) throw new FunctionError('cannot index slice/array with nil');
  if (!(index instanceof Int)) {
    throw new FunctionError(`cannot index slice/array with type ${goTypeName(index)}`);
  }
  const at = BigInt.asIntN(64, index.value);
  if (at < 0n || at > BigInt(length)) throw new FunctionError(`index out of range: ${at}`);
  // Go lets the length itself through its check; reflection then panics.
  if (at === BigInt(length)) throw new FunctionError(`reflect: ${kind} index out of range`);
  return Number(at);
}

/** No value of a chart is a function. The evaluator puts the callee's name before the arguments, as Go does. */
function refuseCall(name: Value, value: Value): Value {
  if (value === undefined || value === null) throw new FunctionError('call of nil');
  throw new FunctionError(`non-function ${printValue(name)} of type ${goTypeName(value)}`);
}
