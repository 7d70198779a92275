/** Go's strconv for text that becomes a number. */

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** More than any int64 has, in whatever base. */
const MAX_DIGITS = 70;

interface Parsed {
  readonly value: bigint;
  /** Why Go reports an error in addition to the value. */
  readonly error: 'syntax' | 'range' | undefined;
}

const SYNTAX_ERROR: Parsed = { value: 0n, error: 'syntax' };

/**
 * `strconv.ParseInt` to 64 bits. Base 0 reads the base from a prefix and allows underscores between digits.
 * Out of range, the value is the nearest there is.
 */
export function parseInt64(text: string, base: 0 | 8 | 10): Parsed {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const digits = base === 0 ? prefixed(text.slice(sign.length)) : plainDigits(text.slice(sign.length), base);
  if (digits === undefined) return SYNTAX_ERROR;
  const magnitude = significant(digits) > MAX_DIGITS ? 2n ** 64n : BigInt(digits);
  const value = sign === '-' ? -magnitude : magnitude;
  if (value > MAX_INT64) return { value: MAX_INT64, error: 'range' };
  return value < MIN_INT64 ? { value: MIN_INT64, error: 'range' } : { value, error: undefined };
}

function significant(digits: string): number {
  return digits.length <= MAX_DIGITS ? digits.length : digits.replace(/^0[box]?0*/, '').length;
}

/** Digits in the form that BigInt reads. */
function plainDigits(text: string, base: 8 | 10): string | undefined {
  if (base === 8) return /^[0-7]+$/.test(text) ? `0o${text}` : undefined;
  return /^[0-9]+$/.test(text) ? text : undefined;
}

function prefixed(text: string): string | undefined {
  // An underscore must be between digits, or between the prefix and a digit.
  if (/_$|__|^_|^0_[box]/i.test(text)) return undefined;
  const digits = text.replaceAll('_', '').toLowerCase();
  if (/^0(?:x[0-9a-f]+|b[01]+|o[0-7]+)$/.test(digits)) return digits;
  if (/^0[0-7]*$/.test(digits)) return `0o${digits}`;
  return /^[1-9][0-9]*$/.test(digits) ? digits : undefined;
}

/** `strconv.ParseFloat` to 64 bits; undefined is an error, also what is too large. Underscores stand between digits. */
export function parseFloat64(text: string): number | undefined {
  if (/^[+-]?0x/i.test(text)) return parseHexadecimalFloat(text);
  if (/(?:^|[^0-9])_|_(?:[^0-9]|$)/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  if (/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(plain)) {
    const value = Number(plain);
    return Number.isFinite(value) ? value : undefined;
  }
  const infinity = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinity !== null) return infinity[1] === '-' ? -Infinity : Infinity;
  return /^nan$/i.test(text) ? NaN : undefined;
}

function parseHexadecimalFloat(text: string): number | undefined {
  if (/[^0-9a-fx]_|_(?:[^0-9a-f]|$)/i.test(text)) return undefined;
  const match = /^([+-]?)0x([0-9a-f]*)(?:\.([0-9a-f]*))?p([+-]?[0-9]+)$/i.exec(text.replaceAll('_', ''));
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent] = match;
  if (whole + fraction === '') return undefined;
  const value = scaled(BigInt(`0x${whole}${fraction}`), Number(exponent) - fraction.length * 4);
  return Number.isFinite(value) ? value * (sign === '-' ? -1 : 1) : undefined;
}

/** An integer times a power of two, rounded once. */
function scaled(integer: bigint, exponent: number): number {
  if (integer === 0n) return 0;
  const bits = integer.toString(2).length;
  if (bits + exponent > 1025) return Infinity;
  if (bits + exponent < -1080) return 0;
  // Below the normal numbers there are fewer than 53 bits to round to.
  const kept = Math.min(53, bits + exponent + 1074);
  const excess = BigInt(Math.max(bits - Math.max(kept, 0), 0));
  let mantissa = integer >> excess;
  const rest = integer - (mantissa << excess);
  const half = excess === 0n ? 0n : 1n << (excess - 1n);
  if (excess > 0n && (rest > half || (rest === half && mantissa % 2n === 1n))) mantissa += 1n;
  const power = exponent + Number(excess);
  return Number(mantissa) * 2 ** Math.floor(power / 2) * 2 ** Math.ceil(power / 2);
}
