import { quoteGo } from '../go/quote.ts';
import { unquoteCharacter } from './unquote.ts';

/** What a number constant can be; which of these it becomes depends on where it is. */
export interface NumberConstant {
  readonly int: bigint | undefined;
  readonly uint: bigint | undefined;
  readonly float: number | undefined;
  /** Written as one, even when it is real. */
  readonly isComplex: boolean;
}

const INTEGER = /^([+-]?)(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|0[0-7_]*|[1-9][0-9_]*)$/;
const DECIMAL = /^[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F_]*)\.?([0-9a-fA-F_]*)[pP]([+-]?\d[\d_]*)$/;

/** Reads a number token; a string is the text of Go's error (Go 1.25, text/template/parse/node.go). */
export function readNumber(text: string, kind: 'character constant' | 'complex' | 'number'): NumberConstant | string {
  if (kind === 'character constant') return readCharacter(text);
  if (kind === 'complex') return readComplex(text);
  if (text.endsWith('i')) {
    const imaginary = readFloat(text.slice(0, -1));
    if (imaginary !== undefined) return complex(0, imaginary);
  }
  const integer = readInteger(text);
  const uint = integer !== undefined && isUint(integer) && !/^[+-]/.test(text) ? integer : undefined;
  const int = integer !== undefined && isInt(integer) ? integer : undefined;
  if (int !== undefined) return { int, uint: int === 0n ? 0n : uint, float: Number(int), isComplex: false };
  if (uint !== undefined) return { int, uint, float: Number(uint), isComplex: false };
  const float = readFloat(text);
  if (float === undefined) return `illegal number syntax: ${quoteGo(text)}`;
  if (!/[.eEpP]/.test(text)) return `integer overflow: ${quoteGo(text)}`;
  return real(float);
}

function readCharacter(text: string): NumberConstant | string {
  const code = unquoteCharacter(text);
  if (code === undefined) return 'invalid syntax';
  if (code === null) return `malformed character constant: ${text}`;
  return { int: BigInt(code), uint: BigInt(code), float: code, isComplex: false };
}

function readComplex(text: string): NumberConstant | string {
  const split = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
  const [realPart, imaginary] = [readFloat(text.slice(0, split)), readFloat(text.slice(split, -1))];
  if (realPart === undefined || imaginary === undefined) return 'syntax error scanning complex number';
  return complex(realPart, imaginary);
}

/** A float may appear where an integer is wanted when it has an integral value. */
function real(float: number): NumberConstant {
  const integral = Number.isInteger(float) ? BigInt(float) : undefined;
  const int = integral !== undefined && isInt(integral) ? integral : undefined;
  const uint = integral !== undefined && isUint(integral) ? integral : undefined;
  return { int, uint, float, isComplex: false };
}

function complex(realPart: number, imaginary: number): NumberConstant {
  if (imaginary === 0) return { ...real(realPart), isComplex: true };
  return { int: undefined, uint: undefined, float: undefined, isComplex: true };
}

function isInt(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function isUint(value: bigint): boolean {
  return BigInt.asUintN(64, value) === value;
}

function readInteger(text: string): bigint | undefined {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined || !hasProperUnderscores(digits)) return undefined;
  const plain = digits.replaceAll('_', '');
  const value = BigInt(/^0\d/.test(plain) ? `0o${plain}` : plain);
  return sign === '-' ? -value : value;
}

function readFloat(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    if (!hasProperUnderscores(text.replace(/^[+-]/, ''))) return undefined;
    const value = Number(text.replaceAll('_', ''));
    return Number.isFinite(value) ? value : undefined;
  }
  const [, sign, whole, fraction, exponent] = HEXADECIMAL.exec(text) ?? [];
  if (whole === undefined || fraction === undefined || exponent === undefined || whole + fraction === '')
    return undefined;
  if (!hasProperUnderscores(text.replace(/^[+-]/, ''))) return undefined;
  const digits = (whole + fraction).replaceAll('_', '');
  const scale = Number(exponent.replaceAll('_', '')) - 4 * fraction.replaceAll('_', '').length;
  const value = scaled(BigInt(`0x${digits}`), scale);
  return sign === '-' ? -value : value;
}

/** Only mantissas that fit a float64 are exact; longer ones round like JavaScript's own conversion. */
function scaled(mantissa: bigint, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return Number(mantissa) * 2 ** half * 2 ** (exponent - half);
}

/** An underscore must be between digits or after the base's prefix. */
function hasProperUnderscores(digits: string): boolean {
  return !digits.includes('_') || (!/__|_$|_[^0-9a-fA-F]/.test(digits) && !/^_|[^0-9a-fA-FxXoObB]_/.test(digits));
}
