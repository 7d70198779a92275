import { formatFloat, SHORTEST } from './float.ts';
import { isPrintable } from './printable.ts';
import { quoteGo } from './quote.ts';

/** What is between the `%` and the verb. */
export interface Format {
  readonly verb: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  /** `%+v` and `%#v`, of which the flags mean something else. */
  readonly plusV: boolean;
  readonly sharpV: boolean;
}

const MAX_RUNE = 0x10ffffn;

/** The spaces or zeros that bring a text to its width, which counts characters. */
export function padding({ width = 0, zero, minus }: Format, text: string): string {
  if (width === 0) return '';
  let length = 0;
  for (const _ of text) length++;
  return length < width ? (zero && !minus ? '0' : ' ').repeat(width - length) : '';
}

export function pad(format: Format, text: string): string {
  const filler = padding(format, text);
  return format.minus ? text + filler : filler + text;
}

/** An integer by any verb that takes one; undefined by another. */
export function formatInteger(format: Format, value: bigint, isUnsigned: boolean): string | undefined {
  switch (format.verb) {
    case 'v':
      return format.sharpV && isUnsigned
        ? formatInBase({ ...format, sharp: true }, value, 16)
        : formatInBase(format, value, 10);
    case 'd':
      return formatInBase(format, value, 10);
    case 'b':
      return formatInBase(format, value, 2);
    case 'o':
    case 'O':
      return formatInBase(format, value, 8);
    case 'x':
    case 'X':
      return formatInBase(format, value, 16);
    case 'c':
      return pad(format, character(value));
    case 'q':
      return pad(format, quoteGo(character(value), "'", format.plus));
    case 'U':
      return formatCodePoint(format, value);
  }
  return undefined;
}

function formatInBase(format: Format, value: bigint, base: number): string {
  const { verb, width, precision, minus, plus, sharp, space, zero } = format;
  const spaced = { ...format, zero: false };
  if (precision === 0 && value === 0n) return ' '.repeat(width ?? 0);
  const isNegative = value < 0n;
  let digits = (isNegative ? -value : value).toString(base);
  if (verb === 'X') digits = digits.toUpperCase();
  const hasSign = isNegative || plus || space;
  const count = precision ?? (zero && !minus && width !== undefined ? width - (hasSign ? 1 : 0) : 0);
  digits = digits.padStart(count, '0');
  if (sharp && base === 2) digits = `0b${digits}`;
  else if (sharp && base === 8 && !digits.startsWith('0')) digits = `0${digits}`;
  else if (sharp && base === 16) digits = (verb === 'X' ? '0X' : '0x') + digits;
  if (verb === 'O') digits = `0o${digits}`;
  const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  return pad(spaced, sign + digits);
}

function character(value: bigint): string {
  const isRune = value >= 0n && value <= MAX_RUNE && (value < 0xd800n || value > 0xdfffn);
  return isRune ? String.fromCodePoint(Number(value)) : '\ufffd';
}

/** `U+0041`, and `U+0041 'A'` with `#`. */
function formatCodePoint(format: Format, value: bigint): string {
  const code = BigInt.asUintN(64, value);
  const digits = code
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(format.precision ?? 0, 4), '0');
  const isShown = format.sharp && code <= MAX_RUNE && isPrintable(Number(code));
  return pad({ ...format, zero: false }, `U+${digits}${isShown ? ` '${character(code)}'` : ''}`);
}

/** A float64 by any verb that takes one; undefined by another. */
export function formatNumber(format: Format, value: number): string | undefined {
  switch (format.verb) {
    case 'v':
      return padNumber(format, formatFloat(value, 'g', format.precision ?? SHORTEST));
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
      return padNumber(format, formatFloat(value, format.verb, format.precision ?? SHORTEST));
    case 'f':
    case 'F':
      return padNumber(format, formatFloat(value, 'f', format.precision ?? 6));
    case 'e':
    case 'E':
      return padNumber(format, formatFloat(value, format.verb, format.precision ?? 6));
  }
  return undefined;
}

function padNumber(format: Format, text: string): string {
  const { plus, space, zero, minus, width = 0 } = format;
  const isNegative = text.startsWith('-');
  let digits = text.replace(/^[-+]/, '');
  const isFinite = digits !== 'Inf' && digits !== 'NaN';
  let sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  if (!isFinite) {
    // +Inf keeps its sign, and no zeros go before either.
    if (digits === 'Inf' && sign === '') sign = '+';
    return pad({ ...format, zero: false }, sign + digits);
  }
  if (format.sharp && format.verb !== 'b') digits = withPoint(format, digits);
  if (sign !== '' && zero && !minus) return sign + digits.padStart(width - 1, '0');
  return pad(format, sign + digits);
}

/** `#`: there is always a point, and `%g` keeps its zeros at the end. */
function withPoint({ verb, precision }: Format, text: string): string {
  const isHexadecimal = verb === 'x' || verb === 'X';
  const exponentAt = text.search(isHexadecimal ? /[pP]/ : /[eE]/);
  const tail = exponentAt === -1 ? '' : text.slice(exponentAt);
  let digits = exponentAt === -1 ? text : text.slice(0, exponentAt);
  let missing = /[vgGx]/.test(verb) ? (precision ?? 6) : 0;
  // Go counts the x of 0x, and every digit after it, as one that is there.
  missing -= digits.replace('.', '').replace(/^0+/, '').length;
  if (!digits.includes('.')) {
    if (digits === '0') missing--;
    digits += '.';
  }
  return digits + '0'.repeat(Math.max(missing, 0)) + tail;
}
