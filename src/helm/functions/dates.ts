import { parseInt64 } from '../go/parse-number.ts';
import { formatDuration, parseDuration, roundDuration, SECOND, TimeError } from '../go/duration.ts';
import { goTypeName } from '../go/print.ts';
import { GoTime } from '../go/time.ts';
import { parseTime } from '../go/time-parse.ts';
import { loadZone, UTC } from '../go/time-zone.ts';
import { Int, type Value } from '../value/value.ts';
import { Taint } from '../value/origin.ts';
import { mixed, Tracked } from '../value/tracked.ts';
import {
  type Call,
  FunctionError,
  type HelmFunction,
  plain,
  traced,
  type TrackedParameter,
} from '../value/function.ts';
import { random } from './random-function.ts';

const HTML_DATE = '2006-01-02';
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

/** What `durationRound` counts in, largest first. */
const ROUGH_UNITS: readonly (readonly [string, bigint])[] = [
  ['y', 365n * DAY],
  ['mo', 30n * DAY],
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
];

const date = traced(['string', 'any'], (call, layout, moment) => format(call, layout, moment, undefined));
const dateInZone = traced(['string', 'any', 'string'], (call, layout, moment, zone) =>
  format(call, layout, moment, zone),
);
const dateModify = plain(['string', 'any'], (duration, moment) => {
  const time = requireTime(moment);
  try {
    return time.add(parseDuration(duration));
  } catch (error) {
    if (error instanceof TimeError) return time;
    throw error;
  }
});
const mustDateModify = plain(['string', 'any'], (duration, moment) => {
  const time = requireTime(moment);
  return time.add(orFail(() => parseDuration(duration)));
});

/** Sprig's functions over times. The local time is UTC. */
export const dateFunctions: Readonly<Record<string, HelmFunction>> = {
  now: random([], (call) => currentTime(call)),
  date,
  htmlDate: traced(['any'], (call, moment) => format(call, htmlLayout, moment, undefined)),
  htmlDateInZone: traced(['any', 'string'], (call, moment, zone) => format(call, htmlLayout, moment, zone)),
  dateInZone,
  date_in_zone: dateInZone,
  dateModify,
  date_modify: dateModify,
  mustDateModify,
  must_date_modify: mustDateModify,
  ago: random(['any'], (call, moment) => {
    const time = momentOf(moment, ['int', 'int64']) ?? currentTime(call);
    return formatDuration(roundDuration(sinceThen(call, time), SECOND));
  }),
  duration: plain(['any'], (seconds) => formatDuration(BigInt.asIntN(64, secondsOf(seconds) * SECOND))),
  durationRound: traced(['any'], (call, { value, taint }) => {
    const isTime = value instanceof GoTime;
    return mixed(roughly(roughDuration(call, value)), isTime ? taint.with(Taint.random) : taint);
  }),
  toDate: plain(['string', 'string'], (layout, text) => {
    try {
      return new GoTime(parseTime(layout, text));
    } catch (error) {
      if (error instanceof TimeError) return GoTime.zero;
      throw error;
    }
  }),
  mustToDate: plain(['string', 'string'], (layout, text) => orFail(() => new GoTime(parseTime(layout, text)))),
  unixEpoch: plain(['any'], (moment) => String(requireTime(moment).seconds)),
};

const htmlLayout = new Tracked(HTML_DATE);

/** The moment of the rendering, which Go prints with the time since the program began. */
function currentTime(call: Call): GoTime {
  const seconds = Math.floor(call.now / 1000);
  const nanoseconds = Math.round((call.now - seconds * 1000) * 1e6);
  return new GoTime({ seconds, nanoseconds, zone: UTC }, ' m=+0.010000001');
}

function format(
  call: Call,
  layout: TrackedParameter<'string'>,
  moment: TrackedParameter<'any'>,
  zone: TrackedParameter<'string'> | undefined,
): Tracked<string> {
  const time = momentOf(moment.value, ['int', 'int32', 'int64']);
  const location = zone === undefined ? UTC : (loadZone(zone.value) ?? UTC);
  const text = (time ?? currentTime(call)).in(location).format(layout.value);
  let taint = layout.taint.with(moment.taint);
  if (zone !== undefined) taint = taint.with(zone.taint);
  return mixed(text, time === undefined ? taint.with(Taint.random) : taint);
}

/** A time, or one that some seconds after 1970 began; everything else, a float too, is the current time to sprig. */
function momentOf(value: Value, kinds: readonly string[]): GoTime | undefined {
  if (value instanceof GoTime) return value;
  return value instanceof Int && kinds.includes(value.kind) ? GoTime.ofUnix(Number(value.value)) : undefined;
}

function requireTime(value: Value): GoTime {
  if (value instanceof GoTime) return value;
  throw new FunctionError(`wrong type for value; expected time.Time; got ${goTypeName(value)}`);
}

function sinceThen(call: Call, time: GoTime): bigint {
  return currentTime(call).unixNanoseconds - time.unixNanoseconds;
}

/** Only texts and int64 count. A text out of range is cut to it, one that is not a number is 0, as in `ParseInt`. */
function secondsOf(value: Value): bigint {
  if (value instanceof Int) return value.kind === 'int64' ? value.value : 0n;
  if (typeof value !== 'string' || !/^[+-]?[0-9]+$/.test(value)) return 0n;
  return parseInt64(value, 10).value;
}

function roughDuration(call: Call, value: Value): bigint {
  if (value instanceof GoTime) return sinceThen(call, value);
  if (value instanceof Int) return value.kind === 'int64' ? value.value : 0n;
  if (typeof value !== 'string') return 0n;
  try {
    return parseDuration(value);
  } catch (error) {
    if (error instanceof TimeError) return 0n;
    throw error;
  }
}

function roughly(duration: bigint): string {
  const size = duration < 0n ? -duration : duration;
  const unit = ROUGH_UNITS.find(([, length]) => size > length);
  return unit === undefined ? '0s' : `${size / unit[1]}${unit[0]}`;
}

function orFail<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof TimeError ? new FunctionError(error.message) : error;
  }
}
