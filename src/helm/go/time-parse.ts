import { civilOf, daysFromCivil, daysInMonth } from './civil-date.ts';
import { TimeError } from './duration.ts';
import { quoteGo } from './quote.ts';
import { readField, type TimeFields } from './time-fields.ts';
import { readLayout } from './time-layout.ts';
import { fixedZone, UTC, type Zone } from './time-zone.ts';

export interface ParsedTime {
  /** Since 1970 began. */
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly zone: Zone;
}

/** Reads a time by an example, as Go's `time.ParseInLocation` does in UTC. Throws `TimeError` with Go's text. */
export function parseTime(layout: string, text: string): ParsedTime {
  const fields: TimeFields = {
    year: 0,
    month: undefined,
    day: undefined,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanoseconds: 0,
    half: undefined,
    isUtc: false,
    offset: undefined,
    zoneName: '',
  };
  const fail = (message: string): TimeError => new TimeError(`parsing time ${quoteGo(text)}${message}`);
  const mismatch = (value: string, element: string): TimeError =>
    fail(` as ${quoteGo(layout)}: cannot parse ${quoteGo(value)} as ${quoteGo(element)}`);
  const pieces = readLayout(layout);
  let rest = text;
  pieces.forEach(({ literal, element }, index) => {
    const skipped = skip(rest, literal);
    if (!skipped.isWhole) throw mismatch(skipped.rest, literal);
    ({ rest } = skipped);
    if (element === undefined) return;
    const isFractionNext = /^[.,]/.test(pieces[index + 1]?.element ?? '');
    const read = readField(element, rest, fields, isFractionNext);
    if (read.outOfRange !== undefined) throw fail(`: ${read.outOfRange} out of range`);
    if (read.rest === undefined) throw mismatch(rest, element);
    ({ rest } = read);
  });
  if (rest !== '') throw fail(`: extra text: ${quoteGo(rest)}`);
  return assemble(fields, fail);
}

/** Skips characters of the layout. Any number of spaces stands for any number of them. */
function skip(text: string, literal: string): { readonly rest: string; readonly isWhole: boolean } {
  let at = 0;
  let index = 0;
  while (index < literal.length) {
    if (literal[index] === ' ') {
      if (at < text.length && text[at] !== ' ') return { rest: text.slice(at), isWhole: false };
      while (literal[index] === ' ') index++;
      while (text[at] === ' ') at++;
    } else if (text[at] === literal[index]) {
      at++;
      index++;
    } else return { rest: text.slice(at), isWhole: false };
  }
  return { rest: text.slice(at), isWhole: true };
}

function assemble(fields: TimeFields, fail: (message: string) => TimeError): ParsedTime {
  let { hour } = fields;
  if (fields.half === 'pm' && hour < 12) hour += 12;
  else if (fields.half === 'am' && hour === 12) hour = 0;
  const [month, day] = dateOf(fields, fail);
  if (day < 1 || day > daysInMonth(fields.year, month)) throw fail(': day out of range');
  const days = daysFromCivil(fields.year, month, day);
  const seconds = days * 86_400 + hour * 3600 + fields.minute * 60 + fields.second;
  const { nanoseconds, zoneName, offset } = fields;
  if (fields.isUtc) return { seconds, nanoseconds, zone: UTC };
  if (offset !== undefined && offset !== -1) {
    const isLocal = offset === 0 && (zoneName === '' || zoneName === 'UTC');
    return {
      seconds: seconds - offset,
      nanoseconds,
      zone: isLocal ? UTC : fixedZone(zoneNameOf(zoneName, offset), offset),
    };
  }
  if (zoneName === '') return { seconds, nanoseconds, zone: UTC };
  // A name says nothing of the difference, but for `GMT+3`. Go then keeps the clock's time as that of UTC.
  const named = zoneName.startsWith('GMT') && zoneName.length > 3 ? Number(zoneName.slice(3)) * 3600 : 0;
  return { seconds, nanoseconds, zone: fixedZone(zoneName, named) };
}

/** A zone without a name is called by its difference. */
function zoneNameOf(name: string, offset: number): string {
  if (name !== '') return name;
  const minutes = Math.trunc(Math.abs(offset) / 60);
  const hours = String(Math.trunc(minutes / 60)).padStart(2, '0');
  return (offset > -60 ? '+' : '-') + hours + String(minutes % 60).padStart(2, '0');
}

function dateOf(fields: TimeFields, fail: (message: string) => TimeError): readonly [number, number] {
  const { year, yearDay, month, day } = fields;
  if (yearDay === undefined) return [month ?? 1, day ?? 1];
  const last = daysInMonth(year, 2) === 29 ? 366 : 365;
  if (yearDay < 1 || yearDay > last) throw fail(': day-of-year out of range');
  const date = civilOf((daysFromCivil(year, 1, 1) + yearDay - 1) * 86_400);
  if (month !== undefined && month !== date.month) throw fail(': day-of-year does not match month');
  if (day !== undefined && day !== date.day) throw fail(': day-of-year does not match day');
  return [date.month, date.day];
}
