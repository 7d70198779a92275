import { formatFloat, SHORTEST } from '../../go/float.ts';

/** What a scalar stands for; an integer is a bigint, a JavaScript number a float64. */
export type Resolved = string | number | bigint | boolean | null;

const TRUE_WORDS = ['true', 'True', 'TRUE', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'];
const FALSE_WORDS = ['false', 'False', 'FALSE', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'];
const NULL_WORDS = ['', '~', 'null', 'Null', 'NULL'];
const INFINITY_WORDS = ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'];
const LONGEST_WORD = 5;

let words: ReadonlyMap<string, Resolved> | undefined;

/** The words of go-yaml v2's `resolve.go`: what sigs.k8s.io/yaml, and so Helm and Kubernetes, take for no string. */
function knownWords(): ReadonlyMap<string, Resolved> {
  const map = new Map<string, Resolved>();
  for (const word of TRUE_WORDS) map.set(word, true);
  for (const word of FALSE_WORDS) map.set(word, false);
  for (const word of NULL_WORDS) map.set(word, null);
  for (const word of INFINITY_WORDS) map.set(word, Infinity);
  for (const word of ['-.inf', '-.Inf', '-.INF']) map.set(word, -Infinity);
  for (const word of ['.nan', '.NaN', '.NAN']) map.set(word, NaN);
  return map;
}

const SHORT_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Behind a leading point, `_` may only stand between digits; in other numbers, anywhere. */
const POINTED_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** What a plain (unquoted, untagged) scalar stands for. A timestamp is a string. */
export function resolvePlain(text: string): Resolved {
  if (text.length <= LONGEST_WORD) {
    words ??= knownWords();
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  const first = text.charCodeAt(0);
  const mayBeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2e || first === 0x2d || first === 0x2b;
  return mayBeNumber ? (parseNumber(text) ?? text) : text;
}

function parseNumber(text: string): number | bigint | undefined {
  if (SHORT_INTEGER.test(text)) return BigInt(text);
  const plain = withoutUnderscores(text);
  const integer = parseInteger(plain);
  if (integer !== undefined) return integer;
  const float = FLOAT.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(float) ? float : undefined;
}

function withoutUnderscores(text: string): string {
  if (!text.includes('_') || (text.startsWith('.') && !POINTED_FLOAT.test(text))) return text;
  return text.replaceAll('_', '');
}

/** An integer that fits 64 bits. */
function parseInteger(plain: string): bigint | undefined {
  const match = INTEGER.exec(plain);
  if (match === null) return undefined;
  const [, sign = '', hexadecimal, binary, octal, decimal] = match;
  let digits = decimal ?? `0o${octal ?? ''}`;
  if (hexadecimal !== undefined) digits = `0x${hexadecimal}`;
  else if (binary !== undefined) digits = `0b${binary}`;
  const size = BigInt(digits);
  if (sign === '-') return size <= MAX_INT64 + 1n ? -size : undefined;
  return size <= (sign === '' ? MAX_UINT64 : MAX_INT64) ? size : undefined;
}

export const TAG_PREFIX = 'tag:yaml.org,2002:';

/** A tag in the short form in which messages name it: `!!int`. */
export function shortTag(tag: string): string {
  return tag.startsWith(TAG_PREFIX) ? `!!${tag.slice(TAG_PREFIX.length)}` : tag;
}

/** The short tag of what a scalar stands for. */
export function tagOf(value: Resolved): string {
  if (value === null) return '!!null';
  switch (typeof value) {
    case 'bigint':
      return '!!int';
    case 'number':
      return '!!float';
    case 'boolean':
      return '!!bool';
    default:
      return '!!str';
  }
}

const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))| +(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/;

/** The largest of each group of digits; Go's `time.Parse` lets a zone be a whole day away. */
const LARGEST = [9999, 12, 31, 23, 59, 59, 24, 60, 23, 59, 59];

/** Whether a string looks like a timestamp: a tag says so, and an emitter puts it in quotes. */
export function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 0x2d) return false;
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const numbers = match.slice(1).map((digits: string | undefined) => Number(digits ?? 0));
  if (numbers.some((number, index) => number > (LARGEST[index] ?? 0))) return false;
  const [year = 0, month = 0, day = 0] = numbers;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month > 0 && day > 0 && day <= days;
}

/** The text of a float as a key or in a field for strings: Go takes it for a float32 there. */
export function formatFloat32(value: number): string {
  const rounded = Math.fround(value);
  if (!Number.isFinite(rounded) || rounded === 0) return formatFloat(rounded, 'g', SHORTEST);
  let digits = 1;
  while (digits < 9 && Math.fround(Number(rounded.toPrecision(digits))) !== rounded) digits++;
  return formatFloat(Number(rounded.toPrecision(digits)), 'g', SHORTEST);
}
