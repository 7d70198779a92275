import type { Check } from './field.ts';

/** A field of a schedule: its least and greatest number, and names that stand for numbers. */
interface Part {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const PARTS: readonly Part[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  { name: 'day of the week', least: 0, most: 6, names: DAYS },
];

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** What is wrong with a schedule, in the syntax of robfig/cron, which Kubernetes reads it with. */
export function faultOfSchedule(text: string): string | undefined {
  if (text.startsWith('@')) {
    const isKnown =
      DESCRIPTORS.includes(text) || /^@every [+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text);
    return isKnown || /^@every [+-]?0$/.test(text)
      ? undefined
      : `is not one of ${DESCRIPTORS.join(', ')} or @every with a duration`;
  }
  const parts = text.trim().split(/\s+/);
  if (parts.length !== PARTS.length) return `has ${parts.length} fields, not ${PARTS.length}`;
  for (const [index, part] of PARTS.entries()) {
    for (const range of (parts[index] ?? '').split(',')) {
      const fault = range === '' ? undefined : faultOfRange(range, part);
      if (fault !== undefined) return `has ${part.name === 'hour' ? 'an' : 'a'} ${part.name} ${fault}`;
    }
  }
  return undefined;
}

function faultOfRange(range: string, { least, most, names = [] }: Part): string | undefined {
  const [span = '', step, ...rest] = range.split('/');
  const [low = '', high, ...more] = span.split('-');
  const isAny = low === '*' || low === '?';
  const start = isAny ? least : numberOf(low, names, least);
  let end = isAny ? most : high === undefined ? start : numberOf(high, names, least);
  if (high === undefined && step !== undefined) end = most;
  if (rest.length > 0 || (more.length > 0 && !isAny) || start === undefined || end === undefined)
    return 'that is not a number or a range';
  if (start < least || end > most) return `that is not between ${least} and ${most}`;
  if (start > end) return 'of which the range begins after its end';
  if (step !== undefined && !/^\+?0*[1-9]\d*$/.test(step)) return 'with a step that is not a number above 0';
  return undefined;
}

function numberOf(text: string, names: readonly string[], least: number): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return index + least;
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}

export const schedule: Check = (field) => {
  if (field.text.includes('TZ')) field.invalid('names a time zone', 'Move the time zone to spec.timeZone');
  else {
    const fault = faultOfSchedule(field.text);
    if (fault !== undefined)
      field.invalid(fault, 'Write minute, hour, day of the month, month and day of the week, as in "0 3 * * *"');
  }
};

/** A time zone of the IANA database. */
export const timeZone: Check = (field) => {
  const { text } = field;
  const isName = text.split('/').every((part) => /^[A-Za-z.\-_0-9+]{1,14}$/.test(part) && !/^(?:\.\.?$|-)/.test(part));
  if (text.toLowerCase() === 'local' || !isName || !isTimeZone(text)) {
    field.invalid('is not a time zone', 'Write a name of the IANA time zone database, as in Europe/Berlin');
  }
};

function isTimeZone(name: string): boolean {
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // Names are files for the API server, so their case counts.
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
