import { expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/helm/go/duration.ts';
import { GoTime } from '../../../src/helm/go/time.ts';
import { parseTime } from '../../../src/helm/go/time-parse.ts';

// Every expectation was printed by Go's package time.
it.each([
  ['1h2m3.5s', '1h2m3.5s'],
  ['-1.5h', '-1h30m0s'],
  ['3ns', '3ns'],
  ['1.5us', '1.5µs'],
  ['1ms2us', '1.002ms'],
  ['0.3333333333333333333h', '20m0s'],
  ['0', '0s'],
])('reads and prints the duration %s', (text, expected) => {
  expect(formatDuration(parseDuration(text))).toBe(expected);
});

it.each([
  ['', 'time: invalid duration ""'],
  ['1', 'time: missing unit in duration "1"'],
  ['1d', 'time: unknown unit "d" in duration "1d"'],
  ['100000000h', 'time: invalid duration "100000000h"'],
])('refuses the duration %j', (text, problem) => {
  expect(() => parseDuration(text)).toThrow(problem);
});

it.each([
  ['2006-01-02T15:04:05Z07:00', '2020-05-06T10:20:30+02:00', '2020-05-06 10:20:30 +0200 +0200'],
  ['02 Jan 06 15:04 MST', '02 Jan 70 15:04 GMT+3', '1970-01-02 18:04:00 +0300 GMT+3'],
  ['Jan _2 15:04:05.000', 'Jan  2 15:04:05.123', '0000-01-02 15:04:05.123 +0000 UTC'],
  ['2006-002', '2020-060', '2020-02-29 00:00:00 +0000 UTC'],
  ['3:04PM', '12:04AM', '0000-01-01 00:04:00 +0000 UTC'],
])('reads by %s the time %s', (layout, text, expected) => {
  expect(new GoTime(parseTime(layout, text)).toText()).toBe(expected);
});

it.each([
  ['2006-01-02', '2020-13-02', 'parsing time "2020-13-02": month out of range'],
  ['2006-01-02', '2020-05-06 ', 'parsing time "2020-05-06 ": extra text: " "'],
  ['15:04', '10-20', 'parsing time "10-20" as "15:04": cannot parse "-20" as ":"'],
])('refuses by %s the time %j', (layout, text, problem) => {
  expect(() => parseTime(layout, text)).toThrow(problem);
});

it('knows leap years and years long ago', () => {
  expect(GoTime.ofUnix(951_782_400).format('2006-01-02 Mon 002')).toBe('2000-02-29 Tue 060');
  expect(GoTime.zero.format('2006-01-02 Mon')).toBe('0001-01-01 Mon');
});
