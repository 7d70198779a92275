import { compareBytes } from '../value/bytes.ts';
import { goTypeName } from '../go/print.ts';
import { sprintf } from '../go/printf.ts';
import { Bytes, GoList, GoMap, Int, isNil, isObject, type Value } from '../value/value.ts';
import { Tracked } from '../value/tracked.ts';
import { FunctionError } from '../value/function.ts';

type Kind = 'bool' | 'int' | 'uint' | 'float' | 'string';

/** Whether the first value equals any of the others, as `eq` finds it (Go 1.25, text/template/funcs.go). */
export function isEqualToAny(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison');
  return others.some((other) => isEqualInGo(first, other));
}

function isEqualInGo(a: Value, b: Value): boolean {
  const kind = comparedKindOf(a);
  if (kind !== comparedKindOf(b)) {
    if (a instanceof Int && b instanceof Int) return a.value === b.value;
    if (isNil(a) || isNil(b)) return false;
    throw incompatible(a, b);
  }
  if (a instanceof Int && b instanceof Int) return a.value === b.value;
  return kind === undefined ? isSameObject(a, b) : a === b;
}

function isSameObject(a: Value, b: Value): boolean {
  if (!isNil(a) && !isNil(b) && reflectKind(a) !== reflectKind(b)) {
    const text = `${format(a)}: ${goTypeName(a)}, ${goTypeName(b)}: ${format(b, '%v')}`;
    throw new FunctionError(`non-comparable types ${text}`);
  }
  if (isNilValue(a) || isNilValue(b)) return isNilValue(a) === isNilValue(b);
  if (!isObject(b)) throw new FunctionError(`non-comparable type ${format(b)}: ${goTypeName(b)}`);
  return a === b;
}

/** Whether one value is less than another, as `lt` finds it. */
export function isLess(a: Value, b: Value): boolean {
  const [kind, other] = [comparedKindOf(a), comparedKindOf(b)];
  if (kind === undefined || other === undefined) throw badType();
  if (a instanceof Int && b instanceof Int) return a.value < b.value;
  if (kind !== other) throw incompatible(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b) < 0;
  throw badType();
}

/** As `le`: less or equal, each by its own rules. */
export function isAtMost(a: Value, b: Value): boolean {
  return isLess(a, b) || isEqualInGo(a, b);
}

function comparedKindOf(value: Value): Kind | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'boolean') return 'bool';
  if (!(value instanceof Int)) return undefined;
  return value.kind.startsWith('u') ? 'uint' : 'int';
}

function reflectKind(value: Value): string {
  if (value instanceof GoMap) return 'map';
  if (value instanceof GoList || value instanceof Bytes) return 'slice';
  return isObject(value) ? value.kind : 'invalid';
}

/** A nil of any type. */
function isNilValue(value: Value): boolean {
  const canBeNil = value instanceof GoMap || value instanceof GoList || value instanceof Bytes;
  return isNil(value) || (canBeNil && value.isNil);
}

function format(value: Value, verb = '%s'): string {
  return sprintf(new Tracked(verb), [new Tracked(value)]).value;
}

function incompatible(a: Value, b: Value): FunctionError {
  return new FunctionError(`incompatible types for comparison: ${goTypeName(a)} and ${goTypeName(b)}`);
}

function badType(): FunctionError {
  return new FunctionError('invalid type for comparison');
}
