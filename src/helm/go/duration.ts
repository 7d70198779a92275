import { quoteGo } from './quote.ts';

/** What Go's package time reports; its text is the same. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
}

export const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const MAX_DURATION = 2n ** 63n - 1n;
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
};

/** Nanoseconds as Go prints a duration: `1h2m3.5s`. */
export function formatDuration(duration: bigint): string {
  const sign = duration < 0n ? '-' : '';
  const size = duration < 0n ? -duration : duration;
  if (size === 0n) return '0s';
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${withFraction(size, 3)}µs`;
  if (size < SECOND) return `${sign}${withFraction(size, 6)}ms`;
  const seconds = `${withFraction(size % MINUTE, 9)}s`;
  if (size < MINUTE) return sign + seconds;
  const minutes = `${(size / MINUTE) % 60n}m${seconds}`;
  return size < HOUR ? sign + minutes : `${sign}${size / HOUR}h${minutes}`;
}

function withFraction(value: bigint, digits: number): string {
  const unit = 10n ** BigInt(digits);
  const fraction = String(value % unit)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(value / unit) : `${value / unit}.${fraction}`;
}

/** Reads a duration such as `-1.5h` to nanoseconds. Throws `TimeError`. */
export function parseDuration(text: string): bigint {
  const invalid = (what = 'invalid duration'): TimeError => new TimeError(`time: ${what} ${quoteGo(text)}`);
  const isNegative = text.startsWith('-');
  const body = isNegative || text.startsWith('+') ? text.slice(1) : text;
  if (body === '0') return 0n;
  if (body === '') throw invalid();
  let total = 0n;
  const pattern = /([0-9]*)(\.[0-9]*)?([^.0-9]*)/y;
  while (pattern.lastIndex < body.length) {
    const [whole = '', digits = '', fraction = '', unitName = ''] = pattern.exec(body) ?? [];
    if (whole === '' || (digits === '' && fraction.length < 2)) throw invalid();
    if (unitName === '') throw invalid('missing unit in duration');
    const unit = Object.hasOwn(UNITS, unitName) ? UNITS[unitName] : undefined;
    if (unit === undefined) throw invalid(`unknown unit ${quoteGo(unitName)} in duration`);
    total += BigInt(digits === '' ? 0 : digits) * unit + fractionOf(fraction, unit);
    if (total > MAX_DURATION + 1n) throw invalid();
  }
  if (isNegative) return -total;
  if (total > MAX_DURATION) throw invalid();
  return total;
}

/** Go multiplies fractions as floats, of as many digits as an int64 holds. */
function fractionOf(fraction: string, unit: bigint): bigint {
  let digits = fraction.slice(1, 20);
  if (digits === '') return 0n;
  if (BigInt(digits) > MAX_DURATION) digits = digits.slice(0, -1);
  return BigInt(Math.trunc(Number(digits) * (Number(unit) / 10 ** digits.length)));
}

/** The nearest multiple of a unit; halves away from zero. */
export function roundDuration(duration: bigint, unit: bigint): bigint {
  if (unit <= 0n) return duration;
  const rest = duration % unit;
  const size = rest < 0n ? -rest : rest;
  if (size + size < unit) return duration - rest;
  return duration - rest + (duration < 0n ? -unit : unit);
}
