import { FunctionError, type HelmFunction, plain } from '../value/function.ts';
import { toBytes } from '../value/bytes.ts';
import { civilOf, daysFromCivil } from './civil-date.ts';
import { GoDuration, NamedNumber } from './duration-object.ts';
import { goTypeName } from './print.ts';
import { DAYS, MONTHS } from './time-layout.ts';
import { UTC, type Zone } from './time-zone.ts';
import { Bytes, type GoObject, Int, isObject, type Value } from '../value/value.ts';

const MAX_DURATION = 2n ** 63n - 1n;
const ZERO_UNIX = -62_135_596_800n * 1_000_000_000n;

/** What the methods need of a time. */
interface Time extends GoObject {
  /** Since 1970 began in UTC. */
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly unixNanoseconds: bigint;
  readonly zone: Zone;
  /** In seconds. */
  readonly offset: number;
  readonly isZero: boolean;
  in(zone: Zone): Time;
  add(duration: bigint): Time;
  format(layout: string): string;
  toText(): string;
}

/** The methods of a time that templates can use: those with one result and without a location. */
export function timeMethods(time: Time): ReadonlyMap<string, HelmFunction> {
  return new Map([...partMethods(time), ...comparingMethods(time), ...changingMethods(time), ...printingMethods(time)]);
}

type Method = readonly [string, HelmFunction];

function partMethods(time: Time): readonly Method[] {
  const civil = civilOf(time.seconds + time.offset);
  const unix = time.unixNanoseconds;
  const month = new NamedNumber('time.Month', civil.month, MONTHS[civil.month - 1] ?? '');
  const weekday = new NamedNumber('time.Weekday', civil.weekday, DAYS[civil.weekday] ?? '');
  return [
    ['Year', number('int', civil.year)],
    ['Month', plain([], () => month)],
    ['Day', number('int', civil.day)],
    ['Hour', number('int', civil.hour)],
    ['Minute', number('int', civil.minute)],
    ['Second', number('int', civil.second)],
    ['Nanosecond', number('int', time.nanoseconds)],
    ['YearDay', number('int', civil.yearDay)],
    ['Weekday', plain([], () => weekday)],
    ['Unix', number('int64', time.seconds)],
    ['UnixMilli', number('int64', floor(unix, 1_000_000n))],
    ['UnixMicro', number('int64', floor(unix, 1000n))],
    ['UnixNano', number('int64', BigInt.asIntN(64, unix))],
    ['IsZero', plain([], () => time.isZero)],
    ['IsDST', plain([], () => false)],
  ];
}

function number(kind: 'int' | 'int64', value: number | bigint): HelmFunction {
  return plain([], () => new Int(kind, value));
}

function floor(value: bigint, unit: bigint): bigint {
  return (value - (((value % unit) + unit) % unit)) / unit;
}

function comparingMethods(time: Time): readonly Method[] {
  const compare = (test: (difference: bigint) => Value): HelmFunction =>
    plain(['any'], (other) => test(time.unixNanoseconds - unixOf(other)));
  return [
    ['Before', compare((difference) => difference < 0n)],
    ['After', compare((difference) => difference > 0n)],
    ['Equal', compare((difference) => difference === 0n)],
    ['Compare', compare((difference) => new Int('int', difference < 0n ? -1 : difference > 0n ? 1 : 0))],
    ['Sub', compare((difference) => new GoDuration(clamp(difference)))],
  ];
}

function clamp(duration: bigint): bigint {
  if (duration > MAX_DURATION) return MAX_DURATION;
  return duration < -MAX_DURATION - 1n ? -MAX_DURATION - 1n : duration;
}

function unixOf(value: Value): bigint {
  if (isObject(value) && value.typeName === 'time.Time' && 'unixNanoseconds' in value) {
    const { unixNanoseconds } = value;
    if (typeof unixNanoseconds === 'bigint') return unixNanoseconds;
  }
  throw new FunctionError(`wrong type for value; expected time.Time; got ${goTypeName(value)}`);
}

function changingMethods(time: Time): readonly Method[] {
  const truncate = (duration: bigint): bigint => {
    if (duration <= 0n) return 0n;
    const sinceZero = time.unixNanoseconds - ZERO_UNIX;
    return ((sinceZero % duration) + duration) % duration;
  };
  return [
    ['UTC', plain([], () => time.in(UTC))],
    ['Local', plain([], () => time.in(UTC))],
    ['Add', plain(['any'], (duration) => time.add(durationOf(duration)))],
    [
      'AddDate',
      plain(['int', 'int', 'int'], (years, months, days) => {
        const local = time.seconds + time.offset;
        const { year, month, day } = civilOf(local);
        const date = daysFromCivil(year + years, month + months, 1) + day + days - 1;
        const today = daysFromCivil(year, month, day);
        return time.in(time.zone).add(BigInt(date - today) * 86_400_000_000_000n);
      }),
    ],
    ['Truncate', plain(['any'], (duration) => time.in(time.zone).add(-truncate(durationOf(duration))))],
    [
      'Round',
      plain(['any'], (duration) => {
        const unit = durationOf(duration);
        const rest = truncate(unit);
        return time.in(time.zone).add(rest + rest < unit ? -rest : unit - rest);
      }),
    ],
  ];
}

function durationOf(value: Value): bigint {
  if (value instanceof GoDuration) return value.nanoseconds;
  // A whole number in the template's text takes any type.
  if (value instanceof Int && value.kind === 'int') return value.value;
  throw new FunctionError(`wrong type for value; expected time.Duration; got ${goTypeName(value)}`);
}

function printingMethods(time: Time): readonly Method[] {
  const bytes = (text: string): Bytes => new Bytes(toBytes(text));
  return [
    ['Format', plain(['string'], (layout) => time.format(layout))],
    ['String', plain([], () => time.toText())],
    ['MarshalText', plain([], () => bytes(time.format('2006-01-02T15:04:05.999999999Z07:00')))],
    ['MarshalJSON', plain([], () => bytes(`"${time.format('2006-01-02T15:04:05.999999999Z07:00')}"`))],
  ];
}
