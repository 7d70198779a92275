import { DAYS, MONTHS } from './time-layout.ts';

/** What was read of a time; undefined where the layout has no such element. */
export interface TimeFields {
  year: number;
  month: number | undefined;
  day: number | undefined;
  yearDay: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanoseconds: number;
  half: 'am' | 'pm' | undefined;
  isUtc: boolean;
  /** In seconds. */
  offset: number | undefined;
  zoneName: string;
}

/** What is left of the text; undefined when the element is not there, and what is out of its range. */
interface FieldRead {
  readonly rest: string | undefined;
  readonly outOfRange?: string | undefined;
}

const FAILED: FieldRead = { rest: undefined };

/** Reads one element of a layout from the beginning of a text. */
export function readField(element: string, text: string, fields: TimeFields, isFractionNext: boolean): FieldRead {
  switch (element) {
    case '2006':
    case '06':
      return readYear(element.length, text, fields);
    case 'January':
    case 'Jan':
    case 'Monday':
    case 'Mon':
      return readName(element, text, fields);
    case '1':
    case '01':
      return readDigits(text, element, 1, 12, 'month', (value) => (fields.month = value));
    case '_2':
      return readDigits(text.replace(/^ /, ''), element, 0, 99, 'day', (value) => (fields.day = value));
    case '2':
    case '02':
      return readDigits(text, element, 0, 99, 'day', (value) => (fields.day = value));
    case '__2':
    case '002':
      return readYearDay(element, text, fields);
    case '15':
      return readDigits(text, '3', 0, 23, 'hour', (value) => (fields.hour = value));
    case '3':
    case '03':
      return readDigits(text, element, 0, 12, 'hour', (value) => (fields.hour = value));
    case '4':
    case '04':
      return readDigits(text, element, 0, 59, 'minute', (value) => (fields.minute = value));
    case '5':
    case '05':
      return readSecond(element, text, fields, isFractionNext);
    case 'PM':
    case 'pm':
      return readHalf(element === 'PM', text, fields);
    case 'MST':
      return readZoneName(text, fields);
    default:
      return /^[.,]/.test(element) ? readFraction(element, text, fields) : readOffset(element, text, fields);
  }
}

function readYear(length: number, text: string, fields: TimeFields): FieldRead {
  const digits = text.slice(0, length);
  if (!/^(?:[0-9]{4}|[0-9]{2})$/.test(digits) || digits.length !== length) return FAILED;
  const value = Number(digits);
  fields.year = length === 4 ? value : value + (value >= 69 ? 1900 : 2000);
  return { rest: text.slice(length) };
}

function readName(element: string, text: string, fields: TimeFields): FieldRead {
  const isMonth = element.startsWith('J');
  const names = (isMonth ? MONTHS : DAYS).map((name) => (element.length === 3 ? name.slice(0, 3) : name));
  const index = names.findIndex((name) => text.slice(0, name.length).toLowerCase() === name.toLowerCase());
  if (index < 0) return FAILED;
  if (isMonth) fields.month = index + 1;
  return { rest: text.slice(names[index]?.length) };
}

/** Two digits; one is enough where the element has one. */
function readDigits(
  text: string,
  element: string,
  min: number,
  max: number,
  what: string,
  set: (value: number) => void,
): FieldRead {
  const digits = (element.startsWith('0') ? /^[0-9]{2}/ : /^[0-9]{1,2}/).exec(text)?.[0];
  if (digits === undefined) return FAILED;
  const value = Number(digits);
  set(value);
  const rest = text.slice(digits.length);
  return value < min || value > max ? { rest, outOfRange: what } : { rest };
}

function readYearDay(element: string, text: string, fields: TimeFields): FieldRead {
  const digits = (element === '002' ? /^[0-9]{3}/ : /^ {0,2}([0-9]{1,3})/).exec(text);
  if (digits === null) return FAILED;
  fields.yearDay = Number(digits[1] ?? digits[0]);
  return { rest: text.slice(digits[0].length) };
}

function readSecond(element: string, text: string, fields: TimeFields, isFractionNext: boolean): FieldRead {
  const read = readDigits(text, element, 0, 59, 'second', (value) => (fields.second = value));
  if (read.rest === undefined || read.outOfRange !== undefined || isFractionNext) return read;
  // A fraction may follow that the layout does not mention.
  return readFraction('.9', read.rest, fields);
}

function readFraction(element: string, text: string, fields: TimeFields): FieldRead {
  const isExact = element[1] === '0';
  const pattern = isExact ? new RegExp(`^[.,][0-9]{${element.length - 1}}`) : /^[.,][0-9]+/;
  const digits = pattern.exec(text)?.[0];
  if (digits === undefined) return isExact ? FAILED : { rest: text };
  fields.nanoseconds = Number(digits.slice(1, 10).padEnd(9, '0'));
  return { rest: text.slice(digits.length) };
}

function readHalf(isUpper: boolean, text: string, fields: TimeFields): FieldRead {
  const half = text.slice(0, 2);
  if (!(isUpper ? ['AM', 'PM'] : ['am', 'pm']).includes(half)) return FAILED;
  fields.half = half.toLowerCase() === 'pm' ? 'pm' : 'am';
  return { rest: text.slice(2) };
}

function readZoneName(text: string, fields: TimeFields): FieldRead {
  if (text.startsWith('UTC')) {
    fields.isUtc = true;
    return { rest: text.slice(3) };
  }
  const name =
    /^(?:ChST|MeST|GMT(?:[+-](?:0*(?:[01]?[0-9]|2[0-3]))(?![0-9]))?|[+-]0*(?:[01]?[0-9]|2[0-3])(?![0-9]))/.exec(
      text,
    )?.[0];
  const letters = /^[A-Z]{3,}/.exec(text)?.[0] ?? '';
  const isZone = letters.length === 3 || letters === 'WITA' || (letters.length < 6 && letters.endsWith('T'));
  const found = name ?? (letters !== '' && isZone ? letters : undefined);
  if (found === undefined) return FAILED;
  fields.zoneName = found;
  return { rest: text.slice(found.length) };
}

function readOffset(element: string, text: string, fields: TimeFields): FieldRead {
  if (element.startsWith('Z') && text.startsWith('Z')) {
    fields.isUtc = true;
    return { rest: text.slice(1) };
  }
  const form = element.slice(1).replaceAll(/[0-9]{2}/g, '([0-9]{2})');
  const match = new RegExp(`^([+-])${form}`).exec(text);
  if (match === null) return FAILED;
  const [whole, sign, hours = 0, minutes = 0, seconds = 0] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  fields.offset = sign === '-' ? -size : size;
  const rest = text.slice(whole.length);
  const part = Number(seconds) > 60 ? 'second' : Number(minutes) > 60 ? 'minute' : Number(hours) > 24 ? 'hour' : '';
  return part === '' ? { rest } : { rest, outOfRange: `time zone offset ${part}` };
}
