type Value = string | number | boolean | null;

/** Which words of a plain scalar mean something: as Kubernetes reads manifests (YAML 1.1), or as YAML 1.2 says. */
export type ScalarSchema = 'kubernetes' | 'core';

const NULLS = ['~', 'null', 'Null', 'NULL'];
const TRUE_WORDS = ['true', 'True', 'TRUE'];
const FALSE_WORDS = ['false', 'False', 'FALSE'];
const NUMBERS: readonly [string, number][] = [
  ...['.nan', '.NaN', '.NAN'].map((word): [string, number] => [word, NaN]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, number] => [word, Infinity]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, number] => [word, -Infinity]),
];
const CORE_WORDS = new Map<string, Value>([
  ...NULLS.map((word): [string, Value] => [word, null]),
  ...TRUE_WORDS.map((word): [string, Value] => [word, true]),
  ...FALSE_WORDS.map((word): [string, Value] => [word, false]),
  ...NUMBERS,
]);
/** go-yaml v2, `resolve.go`: what sigs.k8s.io/yaml, and so kubectl, Helm and the API server, take for a boolean. */
const KUBERNETES_WORDS = new Map<string, Value>([
  ...CORE_WORDS,
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word): [string, Value] => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word): [string, Value] => [word, false]),
]);
const LONGEST_WORD = Math.max(...Array.from(KUBERNETES_WORDS.keys(), (word) => word.length));
/** The first characters of words and numbers. */
const HINTS = new Uint8Array(128);
for (const character of 'yYnNtTfFoO~+-.0123456789') HINTS[character.charCodeAt(0)] = 1;

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go reads `1_000` in every number, but behind a leading point only between digits. */
const POINTED_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const KUBERNETES_INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const CORE_INTEGER = /^([-+]?)(?:0x([0-9a-fA-F]+)|0b([01]+)|0o([0-7]+)|([0-9]+))$/;
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** The value of a plain (unquoted, untagged) scalar. */
export function resolvePlainScalar(text: string, schema: ScalarSchema): Value {
  if (text === '') return null;
  const first = text.charCodeAt(0);
  if (HINTS[first] !== 1) return text;
  if (text.length <= LONGEST_WORD) {
    const word = (schema === 'kubernetes' ? KUBERNETES_WORDS : CORE_WORDS).get(text);
    if (word !== undefined) return word;
  }
  return first <= 0x39 ? (parseNumber(text, schema) ?? text) : text;
}

/** The number that a plain scalar stands for, or undefined when it is none. */
function parseNumber(text: string, schema: ScalarSchema): number | undefined {
  const plain = withoutUnderscores(text, schema);
  const integer = parseInteger(plain, schema);
  if (integer !== undefined) return Number(integer);
  const float = FLOAT.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(float) ? float : undefined;
}

function withoutUnderscores(text: string, schema: ScalarSchema): string {
  if (schema === 'core' || (text.charCodeAt(0) === 0x2e && !POINTED_FLOAT.test(text))) return text;
  return text.replaceAll('_', '');
}

/** An integer that fits 64 bits, as Go reads it. */
function parseInteger(plain: string, schema: ScalarSchema): number | bigint | undefined {
  const match = (schema === 'kubernetes' ? KUBERNETES_INTEGER : CORE_INTEGER).exec(plain);
  if (match === null) return undefined;
  const [, sign = '', hexadecimal, binary, octal, decimal] = match;
  const digits =
    decimal ??
    (hexadecimal !== undefined ? `0x${hexadecimal}` : binary !== undefined ? `0b${binary}` : `0o${octal ?? ''}`);
  const size = Number(digits);
  if (Number.isSafeInteger(size)) return sign === '-' ? 0 - size : size;
  const exact = BigInt(digits);
  if (sign === '-') return exact <= MAX_INT64 + 1n ? -exact : undefined;
  return exact <= (sign === '' ? MAX_UINT64 : MAX_INT64) ? exact : undefined;
}

/**
 * The string that a boolean or number becomes as a key; undefined for an integer beyond 64 bits with a sign, which
 * sigs.k8s.io/yaml refuses.
 * @param text the key as written
 */
export function formatKey(value: boolean | number, text: string): string | undefined {
  if (typeof value === 'boolean') return String(value);
  const integer = parseInteger(withoutUnderscores(text, 'kubernetes'), 'kubernetes');
  if (integer === undefined) return formatFloat(value);
  return BigInt(integer) > MAX_INT64 ? undefined : String(integer);
}

/** As Go's `strconv.FormatFloat(value, 'g', -1, 32)`, by which sigs.k8s.io/yaml makes keys of floats. */
function formatFloat(value: number): string {
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded)) return '.nan';
  if (!Number.isFinite(rounded)) return rounded > 0 ? '.inf' : '-.inf';
  if (rounded === 0) return Object.is(rounded, -0) ? '-0' : '0';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(rounded.toPrecision(digits))) !== rounded) digits++;
  const [mantissa = '', exponent = '0'] = rounded.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(rounded.toPrecision(digits)));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The value of a scalar with an explicit tag, or undefined when the text does not fit the tag or nobody knows it. */
export function resolveTaggedScalar(tag: string, text: string, schema: ScalarSchema): Value | undefined {
  switch (tag) {
    case '!':
    case 'tag:yaml.org,2002:str':
      return text;
    case 'tag:yaml.org,2002:timestamp':
      return /^\d{4}-\d\d?-\d\d?(?:[Tt ]\d\d?:\d\d?:\d\d?(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)?)?$/.test(text)
        ? text
        : undefined;
    case 'tag:yaml.org,2002:binary': {
      const base64 = text.replaceAll(/[\r\n]/g, '');
      const isBase64 = base64.length % 4 === 0 && /^[0-9A-Za-z+/]*={0,2}$/.test(base64);
      return isBase64 ? Buffer.from(base64, 'base64').toString('utf8') : undefined;
    }
    case 'tag:yaml.org,2002:merge':
      return text === '<<' ? text : undefined;
    case 'tag:yaml.org,2002:null':
      return resolvePlainScalar(text, schema) === null ? null : undefined;
    case 'tag:yaml.org,2002:bool': {
      const value = resolvePlainScalar(text, schema);
      return typeof value === 'boolean' ? value : undefined;
    }
    case 'tag:yaml.org,2002:int': {
      const value = parseInteger(withoutUnderscores(text, schema), schema);
      return value === undefined ? undefined : Number(value);
    }
    case 'tag:yaml.org,2002:float': {
      const value = resolvePlainScalar(text, schema);
      return typeof value === 'number' ? value : undefined;
    }
    default:
      return undefined;
  }
}
