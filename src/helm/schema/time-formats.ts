import { quoteGo } from '../go/quote.ts';

/** RFC 3339, `full-date`. */
export function checkDate(text: string): string | undefined {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  const fail = (reason: string): string => `parsing time ${quoteGo(text)}${reason}`;
  if (match === null) return fail(` as "2006-01-02": ${describeMismatch(text)}`);
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  if (month < 1 || month > 12) return fail(': month out of range');
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return day < 1 || day > days ? fail(': day out of range') : undefined;
}

/** The first part of Go's layout that a text does not follow. */
function describeMismatch(text: string): string {
  let at = 0;
  for (const part of ['2006', '-', '01', '-', '02']) {
    const rest = text.slice(at);
    const isFound = part === '-' ? rest.startsWith(part) : new RegExp(`^[0-9]{${String(part.length)}}`).test(rest);
    if (!isFound) return `cannot parse ${quoteGo(rest)} as ${quoteGo(part)}`;
    at += part.length;
  }
  return `: extra text: ${quoteGo(text.slice(at))}`;
}

/** RFC 3339, `full-time`. */
export function checkTime(text: string): string | undefined {
  if (text.length < 9) return 'less than 9 characters long';
  if (text[2] !== ':' || text[5] !== ':') return 'missing colon in correct place';
  const parts = text.slice(0, 8).split(':');
  if (!parts.every((part) => /^[+-]?[0-9]+$/.test(part))) return 'invalid hour/min/sec';
  const [hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (Math.min(hour, minute, second) < 0) return 'non-positive hour/min/sec';
  if (hour > 23 || minute > 59 || second > 60) return 'hour/min/sec out of range';
  let rest = text.slice(8);
  if (rest.startsWith('.')) {
    const digits = /^[0-9]*/.exec(rest.slice(1))?.[0] ?? '';
    if (digits === '') return 'no digits in second fraction';
    rest = rest.slice(1 + digits.length);
  }
  let minutes = hour * 60 + minute;
  if (rest !== 'z' && rest !== 'Z') {
    if (rest.length !== 6) return 'offset must be 6 characters long';
    if (!/^[+-]/.test(rest)) return 'offset must begin with plus/minus';
    if (rest[3] !== ':') return 'missing colon in offset in correct place';
    const offset = [rest.slice(1, 3), rest.slice(4)];
    if (!offset.every((part) => /^[+-]?[0-9]+$/.test(part))) return 'invalid hour/min in offset';
    const [hours = 0, more = 0] = offset.map(Number);
    if (Math.min(hours, more) < 0) return 'non-positive hour/min in offset';
    if (hours > 23 || more > 59) return 'hour/min in offset out of range';
    minutes += (rest.startsWith('+') ? -1 : 1) * (hours * 60 + more);
    if (minutes < 0) minutes += 24 * 60;
  }
  return second >= 60 && minutes !== 24 * 60 - 1 ? 'invalid leap second' : undefined;
}

/** RFC 3339, `date-time`. */
export function checkDateTime(text: string): string | undefined {
  if (text.length < 20) return 'less than 20 characters long';
  if (!/^[tT]$/.test(text[10] ?? '')) return '11th character must be t or T';
  const date = checkDate(text.slice(0, 10));
  if (date !== undefined) return `invalid date element: ${date}`;
  const time = checkTime(text.slice(11));
  return time === undefined ? undefined : `invalid time element: ${time}`;
}

/** RFC 3339, appendix A, `duration`. */
export function checkDuration(text: string): string | undefined {
  if (!text.startsWith('P')) return 'must start with P';
  const rest = text.slice(1);
  if (rest === '') return 'nothing after P';
  if (rest.endsWith('W')) {
    if (rest === 'W') return 'no number in week';
    return /^[0-9]+W$/.test(rest) ? undefined : 'invalid week';
  }
  for (const [index, part] of rest.split('T').entries()) {
    if (index > 0 && part === '') return 'no time elements';
    if (index > 1) return 'more than one T';
    const fault = checkUnits(part, index === 0 ? 'YMD' : 'HMS');
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function checkUnits(part: string, all: string): string | undefined {
  let units = all;
  for (let rest = part; rest !== '';) {
    const digits = /^[0-9]*/.exec(rest)?.[0] ?? '';
    if (digits === '') return 'missing number';
    const unit = rest[digits.length];
    if (unit === undefined) return 'missing unit';
    const at = units.indexOf(unit);
    if (at === -1) {
      return all.includes(unit) ? `unit ${quoteGo(unit, "'")} out of order` : `invalid unit ${quoteGo(unit, "'")}`;
    }
    units = units.slice(at + 1);
    rest = rest.slice(digits.length + 1);
  }
  return undefined;
}

/** ISO 8601: two moments, or a moment and a duration. */
export function checkPeriod(text: string): string | undefined {
  const slash = text.indexOf('/');
  if (slash === -1) return 'missing slash';
  const start = text.slice(0, slash);
  const end = text.slice(slash + 1);
  return checkEnd(start, 'start') ?? checkEnd(end, 'end', !start.startsWith('P'));
}

function checkEnd(text: string, name: string, mayBeDuration = true): string | undefined {
  const isDuration = mayBeDuration && text.startsWith('P');
  const fault = isDuration ? checkDuration(text) : checkDateTime(text);
  return fault === undefined ? undefined : `invalid ${name} ${isDuration ? 'duration' : 'date-time'}: ${fault}`;
}
