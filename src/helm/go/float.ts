/** How Go writes a float64: `e`, `f` and `g` are decimal, `x` and `b` binary; capitals give a capital exponent. */
export type FloatVerb = 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X' | 'b';

/** As few digits as bring the same number back. */
export const SHORTEST = -1;

/** `0.ddd… × 10^point`; no digits are zero. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

const ZERO: Decimal = { digits: '', point: 0 };

/** As `strconv.FormatFloat(value, verb, precision, 64)`. */
export function formatFloat(value: number, verb: FloatVerb, precision: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return sign + formatMagnitude(Math.abs(value), verb, precision);
}

/** As `%v` prints it. */
export function printFloat(value: number): string {
  // JavaScript agrees wherever neither of the two uses an exponent.
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 999_999) return String(value);
  return formatFloat(value, 'g', SHORTEST);
}

function formatMagnitude(value: number, verb: FloatVerb, precision: number): string {
  switch (verb) {
    case 'b': {
      const { mantissa, exponent } = splitFloat(value);
      return `${mantissa}p${signed(exponent, 1)}`;
    }
    case 'x':
      return formatHexadecimal(value, precision);
    case 'X':
      return formatHexadecimal(value, precision).toUpperCase();
    case 'e':
    case 'E': {
      const decimal = precision < 0 ? shortest(value) : rounded(value, precision + 1);
      return withExponent(decimal, precision < 0 ? Math.max(decimal.digits.length - 1, 0) : precision, verb);
    }
    case 'f': {
      if (precision >= 0) return withoutExponent(rounded(value, precision, true), precision);
      const decimal = shortest(value);
      return withoutExponent(decimal, Math.max(decimal.digits.length - decimal.point, 0));
    }
    case 'g':
    case 'G':
      return formatGeneral(value, verb, precision);
  }
}

/** `%g`: with an exponent when it is less than -4 or not less than the precision, of which the shortest form's is 6. */
function formatGeneral(value: number, verb: 'g' | 'G', precision: number): string {
  const isShortest = precision < 0;
  const wanted = Math.max(precision, 1);
  const decimal = isShortest ? shortest(value) : rounded(value, wanted);
  const { length } = decimal.digits;
  const limit = isShortest ? 6 : wanted > length && length >= decimal.point ? length : wanted;
  const exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= limit) {
    return withExponent(decimal, Math.max(length - 1, 0), verb === 'g' ? 'e' : 'E');
  }
  return withoutExponent(decimal, Math.max(length - decimal.point, 0));
}

function withExponent({ digits, point }: Decimal, precision: number, letter: string): string {
  const padded = digits.padEnd(precision + 1, '0');
  const fraction = precision > 0 ? `.${padded.slice(1)}` : '';
  return padded.slice(0, 1) + fraction + letter + signed(digits === '' ? 0 : point - 1, 2);
}

function withoutExponent({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (precision === 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, precision)) + digits;
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`;
}

function signed(exponent: number, digits: number): string {
  return (exponent < 0 ? '-' : '+') + String(Math.abs(exponent)).padStart(digits, '0');
}

function shortest(value: number): Decimal {
  if (value === 0) return ZERO;
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

/** The exact decimal rounded, ties to even; `count` digits, or that many after the point. */
function rounded(value: number, count: number, isFraction = false): Decimal {
  if (value === 0) return ZERO;
  const { mantissa, exponent } = splitFloat(value);
  const exact = (exponent < 0 ? mantissa * 5n ** BigInt(-exponent) : mantissa << BigInt(exponent)).toString();
  const point = exact.length + Math.min(exponent, 0);
  const kept = isFraction ? point + count : count;
  if (kept < 0) return ZERO;
  const digits = exact.slice(0, kept);
  if (!roundsUp(exact, kept)) return trimmed(digits, point);
  const next = (BigInt(digits === '' ? '0' : digits) + 1n).toString();
  return next.length > digits.length ? trimmed(next, point + 1) : trimmed(next, point);
}

function roundsUp(exact: string, kept: number): boolean {
  const rest = exact.slice(kept);
  if (/^50*$/.test(rest)) return kept > 0 && Number(exact[kept - 1]) % 2 === 1;
  return rest >= '5';
}

function trimmed(digits: string, point: number): Decimal {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--;
  return end === 0 ? ZERO : { digits: digits.slice(0, end), point };
}

/** The 53 bits of a float64 (fewer when it is subnormal) as an integer, and the power of two to multiply it with. */
function splitFloat(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const mantissa = bits & 0xf_ffff_ffff_ffffn;
  const exponent = Number(bits >> 52n) & 0x7ff;
  if (exponent === 0) return { mantissa, exponent: -1074 };
  return { mantissa: mantissa | (1n << 52n), exponent: exponent - 1075 };
}

/** `0x1.8p+01`. */
function formatHexadecimal(value: number, precision: number): string {
  let { mantissa, exponent } = splitFloat(value);
  // A leading 1, then 60 bits of fraction.
  const shift = mantissa === 0n ? 0 : 61 - mantissa.toString(2).length;
  mantissa <<= BigInt(shift);
  exponent = mantissa === 0n ? 0 : exponent - shift + 60;
  if (precision >= 0 && precision < 15) {
    const unit = 1n << BigInt(60 - 4 * precision);
    const rest = mantissa % unit;
    mantissa -= rest;
    const isUp = rest * 2n > unit || (rest * 2n === unit && (mantissa / unit) % 2n === 1n);
    if (isUp) mantissa += unit;
    if (mantissa >= 1n << 61n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const digits = (mantissa % (1n << 60n)).toString(16).padStart(15, '0');
  const fraction = precision < 0 ? digits.replace(/0+$/, '') : digits.slice(0, precision).padEnd(precision, '0');
  return `0x${mantissa >> 60n}${fraction === '' ? '' : `.${fraction}`}p${signed(exponent, 2)}`;
}
