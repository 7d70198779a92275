import { civilOf, type CivilTime } from './civil-date.ts';

export const MONTHS: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');
export const DAYS: readonly string[] = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** A piece of a layout: characters as they are, or an element such as `2006`. */
interface LayoutPiece {
  readonly literal: string;
  /** Undefined after the last literal. */
  readonly element: string | undefined;
}

/** Takes a layout apart as Go does. */
export function readLayout(layout: string): readonly LayoutPiece[] {
  const names = 'January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|PM|pm';
  const numbers = '002|0[1-6]|15|1|2006|2|__2|_2(?!006)|3|4|5';
  const zones = '[-Z]07(?:0000|:00:00|00|:00)?';
  const pattern = new RegExp(`${names}|${numbers}|${zones}|[.,](?:0+|9+)(?![0-9])`, 'g');
  const pieces: LayoutPiece[] = [];
  let at = 0;
  for (const match of layout.matchAll(pattern)) {
    pieces.push({ literal: layout.slice(at, match.index), element: match[0] });
    at = match.index + match[0].length;
  }
  pieces.push({ literal: layout.slice(at), element: undefined });
  return pieces;
}

/** A moment to print. */
interface Moment {
  /** Since 1970 began. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Of its zone, in seconds. */
  readonly offset: number;
  readonly abbreviation: () => string;
}

/** Prints a moment by an example: Go's `Time.Format`. */
export function formatTime(layout: string, moment: Moment): string {
  const civil = civilOf(moment.seconds + moment.offset);
  return readLayout(layout)
    .map(({ literal, element }) => literal + (element === undefined ? '' : formatElement(element, civil, moment)))
    .join('');
}

function formatElement(element: string, civil: CivilTime, moment: Moment): string {
  switch (element) {
    case '2006':
      return civil.year < 0 ? `-${padNumber(-civil.year, 4)}` : padNumber(civil.year, 4);
    case '06':
      return padNumber(Math.max(civil.year, 0) % 100, 2);
    case 'January':
      return MONTHS[civil.month - 1] ?? '';
    case 'Jan':
      return MONTHS[civil.month - 1]?.slice(0, 3) ?? '';
    case 'Monday':
      return DAYS[civil.weekday] ?? '';
    case 'Mon':
      return DAYS[civil.weekday]?.slice(0, 3) ?? '';
    case '1':
    case '01':
      return padNumber(civil.month, element.length);
    case '2':
    case '02':
      return padNumber(civil.day, element.length);
    case '_2':
      return padNumber(civil.day, 2, ' ');
    case '__2':
      return padNumber(civil.yearDay, 3, ' ');
    case '002':
      return padNumber(civil.yearDay, 3);
    case '15':
      return padNumber(civil.hour, 2);
    case '3':
    case '03':
      return padNumber(civil.hour % 12 === 0 ? 12 : civil.hour % 12, element.length);
    case '4':
    case '04':
      return padNumber(civil.minute, element.length);
    case '5':
    case '05':
      return padNumber(civil.second, element.length);
    case 'PM':
      return civil.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return civil.hour >= 12 ? 'pm' : 'am';
    case 'MST':
      return moment.abbreviation();
    default:
      return /^[.,]/.test(element) ? fractionOf(element, moment.nanoseconds) : offsetOf(element, moment.offset);
  }
}

function padNumber(value: number, length: number, filler = '0'): string {
  return String(value).padStart(length, filler);
}

/** `.000` has as many digits as it has zeros, `.999` drops zeros at the end, and the point when nothing is left. */
function fractionOf(element: string, nanoseconds: number): string {
  const digits = padNumber(nanoseconds, 9)
    .slice(0, element.length - 1)
    .padEnd(element.length - 1, '0');
  if (element[1] === '0') return element.slice(0, 1) + digits;
  const short = digits.replace(/0+$/, '');
  return short === '' ? '' : element.slice(0, 1) + short;
}

function offsetOf(element: string, offset: number): string {
  if (element.startsWith('Z') && offset === 0) return 'Z';
  const size = Math.abs(offset);
  const parts = [padNumber(Math.floor(size / 3600), 2)];
  const form = element.slice(3);
  if (form !== '') parts.push(padNumber(Math.floor(size / 60) % 60, 2));
  if (form.length > 3) parts.push(padNumber(size % 60, 2));
  // Go decides on the sign by whole minutes.
  return (offset > -60 ? '+' : '-') + parts.join(form.includes(':') ? ':' : '');
}
