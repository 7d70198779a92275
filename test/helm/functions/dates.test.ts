import { expect, it } from 'vitest';
import { dateFunctions } from '../../../src/helm/functions/dates.ts';
import { GoTime } from '../../../src/helm/go/time.ts';
import { Int } from '../../../src/helm/value/value.ts';
import { fakeCall, result, run } from './run-function.ts';

const seconds = (value: number): Int => new Int('int64', value);

// Every expectation was printed by Helm 4.1.4 with the local time UTC.
it.each([
  [
    'date',
    [
      'Mon Monday Jan January 1 01 2 02 _2 06 3 03 15 4 04 5 05 PM pm Z07:00 Z0700 -07 .000 .999 002 __2',
      seconds(1.6e9),
    ],
    'Sun Sunday Sep September 9 09 13 13 13 20 12 12 12 26 26 40 40 PM pm Z Z +00 .000  257 257',
  ],
  ['dateInZone', ['2006-01-02 15:04:05 MST -0700', seconds(0), 'America/New_York'], '1969-12-31 19:00:00 EST -0500'],
  ['dateInZone', ['2006-01-02 15:04:05 -0700', seconds(0), 'Europe/Prague'], '1970-01-01 01:00:00 +0100'],
  ['dateInZone', ['15:04 MST', seconds(0), 'utc'], '00:00 UTC'],
  ['toDate', ['2006-01-02', '2020-05-06'], '2020-05-06 00:00:00 +0000 UTC'],
  ['toDate', ['2006-01-02', 'x'], '0001-01-01 00:00:00 +0000 UTC'],
  ['mustToDate', ['2006-01-02', 'x'], 'ERROR: parsing time "x" as "2006-01-02": cannot parse "x" as "2006"'],
  ['mustToDate', ['2006-01-02', '2020-02-30'], 'ERROR: parsing time "2020-02-30": day out of range'],
  ['duration', ['95'], '1m35s'],
  ['duration', [seconds(95)], '1m35s'],
  ['duration', [new Int('int', 95)], '0s'],
  ['durationRound', ['2h10m5s'], '2h'],
  ['durationRound', ['2400h10m5s'], '3mo'],
] as const)('%s %o is %s', (name, args, expected) => {
  expect(result(dateFunctions, name, ...args)).toBe(expected);
});

it('counts on from a time', () => {
  const day = run(dateFunctions, 'toDate', '2006-01-02', '2020-05-06');
  expect(result(dateFunctions, 'dateModify', '-1.5h', day)).toBe('2020-05-05 22:30:00 +0000 UTC');
  expect(result(dateFunctions, 'dateModify', 'x', day)).toBe('2020-05-06 00:00:00 +0000 UTC');
  expect(result(dateFunctions, 'mustDateModify', 'x', day)).toBe('ERROR: time: invalid duration "x"');
  expect(result(dateFunctions, 'unixEpoch', day)).toBe('1588723200');
  expect(result(dateFunctions, 'htmlDate', day)).toBe('2020-05-06');
});

it('takes everything that is no time for now, and says that the clock decides', () => {
  expect(result(dateFunctions, 'date', '2006-01-02', 5.5)).toBe('2024-02-03');
  expect(run(dateFunctions, 'date', '2006', 5.5).taint.isRandom).toBe(true);
  expect(run(dateFunctions, 'date', '2006', seconds(1)).taint.isRandom).toBe(false);
  expect(run(dateFunctions, 'now').taint.isRandom).toBe(true);
  expect(result(dateFunctions, 'ago', seconds(Date.parse('2024-02-03T04:00:00Z') / 1000))).toBe('5m7s');
});

it('has the methods of a time', () => {
  const day = run(dateFunctions, 'toDate', '2006-01-02 15:04', '2020-05-06 13:14').value;
  if (!(day instanceof GoTime)) throw new Error('No time.');
  const call = (name: string): unknown => {
    const value = day.methods.get(name)?.call(fakeCall(), []).value;
    return typeof value === 'object' && value !== null && 'toText' in value ? value.toText?.() : value;
  };
  expect([call('Month'), call('Weekday')]).toEqual(['May', 'Wednesday']);
  expect(call('Unix')).toEqual({ kind: 'int64', value: 1588770840n });
  expect(day.toJson()).toBe('2020-05-06T13:14:00Z');
});
