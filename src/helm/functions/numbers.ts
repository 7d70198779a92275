import { toFloat64, toInt64 } from '../go/cast.ts';
import {
  addDecimals,
  type Decimal,
  decimalOf,
  decimalToNumber,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
} from '../go/decimal.ts';
import { GoList, type Int, type Value } from '../value/value.ts';
import { int, int64 } from '../value/tracked.ts';
import { checkItemCount } from './bounds.ts';
import { FunctionError, type HelmFunction, plain } from '../value/function.ts';

type Operation = (a: Decimal, b: Decimal) => Decimal;

const max = plain(['any', '...any'], (first, ...rest) => extreme(first, rest, (a, b) => a > b));

/** Functions that calculate: with int64, with decimals, with floats. */
export const numberFunctions: Readonly<Record<string, HelmFunction>> = {
  add: plain(['...any'], (...values) => wrapped(values.reduce((sum: bigint, value) => sum + toInt64(value), 0n))),
  add1: plain(['any'], (value) => wrapped(toInt64(value) + 1n)),
  sub: plain(['any', 'any'], (a, b) => wrapped(toInt64(a) - toInt64(b))),
  mul: plain(['any', '...any'], (first, ...rest) => {
    return int64(rest.reduce((product: bigint, value) => asInt64(product * toInt64(value)), toInt64(first)));
  }),
  div: plain(['any', 'any'], (a, b) => wrapped(toInt64(a) / divisorOf(b))),
  mod: plain(['any', 'any'], (a, b) => int64(toInt64(a) % divisorOf(b))),
  max,
  biggest: max,
  min: plain(['any', '...any'], (first, ...rest) => extreme(first, rest, (a, b) => a < b)),
  add1f: plain(['any'], (value) => calculate(value, [1], addDecimals)),
  addf: plain(['...any'], (...values) => calculate(0, values, addDecimals)),
  subf: plain(['any', '...any'], (first, ...rest) => calculate(first, rest, subtractDecimals)),
  mulf: plain(['any', '...any'], (first, ...rest) => calculate(first, rest, multiplyDecimals)),
  divf: plain(['any', '...any'], (first, ...rest) => calculate(first, rest, divideDecimals)),
  maxf: plain(['any', '...any'], (first, ...rest) => {
    return rest.reduce((found: number, value) => Math.max(found, toFloat64(value)), toFloat64(first));
  }),
  minf: plain(['any', '...any'], (first, ...rest) => {
    return rest.reduce((found: number, value) => Math.min(found, toFloat64(value)), toFloat64(first));
  }),
  ceil: plain(['any'], (value) => Math.ceil(toFloat64(value))),
  floor: plain(['any'], (value) => Math.floor(toFloat64(value))),
  round: plain(['any', 'int', '...float64'], (value, places, roundOn = 0.5) =>
    round(toFloat64(value), places, roundOn),
  ),
  until: plain(['int'], (count) => listOfInts(count < 0 ? countDown(0, count, -1) : countUp(0, count, 1))),
  untilStep: plain(['int', 'int', 'int'], (start, stop, step) => listOfInts(count(start, stop, step))),
  seq: plain(['...int'], (...parameters) => sequence(parameters).join(' ')),
};

function asInt64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function wrapped(value: bigint): Int {
  return int64(asInt64(value));
}

function divisorOf(value: Value): bigint {
  const divisor = toInt64(value);
  if (divisor === 0n) throw new FunctionError('runtime error: integer divide by zero');
  return divisor;
}

function extreme(first: Value, rest: readonly Value[], isBetter: (a: bigint, b: bigint) => boolean): Int {
  let found = toInt64(first);
  for (const value of rest) {
    const candidate = toInt64(value);
    if (isBetter(candidate, found)) found = candidate;
  }
  return int64(found);
}

function calculate(first: Value, rest: readonly Value[], operation: Operation): number {
  let result = decimalOf(toFloat64(first));
  for (const value of rest) result = operation(result, decimalOf(toFloat64(value)));
  return decimalToNumber(result);
}

/** Sprig's formula, which looks at the digits after the place without their sign: -2.4 becomes -3. */
function round(value: number, places: number, roundOn: number): number {
  const power = places < 0 ? 1 / Number(`1e${-places}`) : Number(`1e${places}`);
  const shifted = value * power;
  const rest = shifted - Math.trunc(shifted);
  return (rest >= roundOn ? Math.ceil(shifted) : Math.floor(shifted)) / power;
}

function count(start: number, stop: number, step: number): number[] {
  return stop < start ? countDown(start, stop, step) : countUp(start, stop, step);
}

function countUp(start: number, stop: number, step: number): number[] {
  const numbers: number[] = [];
  if (step <= 0) return numbers;
  checkItemCount((stop - start) / step);
  for (let value = start; value < stop; value += step) numbers.push(value);
  return numbers;
}

function countDown(start: number, stop: number, step: number): number[] {
  const numbers: number[] = [];
  if (step >= 0) return numbers;
  checkItemCount((stop - start) / step);
  for (let value = start; value > stop; value += step) numbers.push(value);
  return numbers;
}

function listOfInts(numbers: readonly number[]): GoList {
  return new GoList(
    numbers.map((value) => int(value)),
    '[]int',
  );
}

/** As the shell's `seq`: `last`, `first last` or `first step last`, the last one included. */
function sequence(parameters: readonly number[]): number[] {
  const [a, b, c] = parameters;
  if (a === undefined || parameters.length > 3) return [];
  if (b === undefined) return inclusive(1, a, undefined);
  return c === undefined ? inclusive(a, b, undefined) : inclusive(a, c, b);
}

function inclusive(first: number, last: number, step: number | undefined): number[] {
  const direction = last < first ? -1 : 1;
  return count(first, last + direction, step ?? direction);
}
