import { Int } from '../value/value.ts';
import { mixed } from '../value/tracked.ts';
import { Taint } from '../value/origin.ts';
import { checkItemCount } from './bounds.ts';
import { type Call, FunctionError, type HelmFunction, traced } from '../value/function.ts';
import { random } from './random-function.ts';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FIRST_ASCII = 32;
const ASCII_COUNT = 95;

/** Sprig's functions that ask chance. */
export const randomFunctions: Readonly<Record<string, HelmFunction>> = {
  randAlphaNum: random(['int'], (call, count) => randomText(call, count, DIGITS + LETTERS)),
  randAlpha: random(['int'], (call, count) => randomText(call, count, LETTERS)),
  randNumeric: random(['int'], (call, count) => randomText(call, count, DIGITS)),
  randAscii: random(['int'], (call, count) => {
    checkItemCount(count);
    const bytes = call.randomBytes(Math.max(0, count));
    return Buffer.from(bytes.map((byte) => FIRST_ASCII + (byte % ASCII_COUNT))).toString('latin1');
  }),
  randBytes: random(['int'], (call, count) => {
    if (count < 0) throw new FunctionError('runtime error: makeslice: len out of range');
    checkItemCount(count);
    return Buffer.from(call.randomBytes(count)).toString('base64');
  }),
  randInt: random(['int', 'int'], (call, min, max) => {
    if (max <= min) throw new FunctionError('invalid argument to Intn');
    const chance = Buffer.from(call.randomBytes(8)).readBigUInt64BE();
    return new Int('int', BigInt(min) + (chance % (BigInt(max) - BigInt(min))));
  }),
  uuidv4: random([], (call) => {
    const bytes = Buffer.from(call.randomBytes(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }),
  shuffle: traced(['string'], (call, { value, taint }) => {
    const runes = Array.from(value);
    if (runes.length < 2) return mixed(value, taint);
    const chances = Buffer.from(call.randomBytes(runes.length * 4));
    for (let index = runes.length - 1; index > 0; index--) {
      const other = chances.readUInt32BE(index * 4) % (index + 1);
      [runes[index], runes[other]] = [runes[other] ?? '', runes[index] ?? ''];
    }
    return mixed(runes.join(''), taint.with(Taint.random));
  }),
};

function randomText(call: Call, count: number, alphabet: string): string {
  checkItemCount(count);
  const bytes = call.randomBytes(Math.max(0, count));
  return Buffer.from(bytes.map((byte) => alphabet.charCodeAt(byte % alphabet.length))).toString('latin1');
}
