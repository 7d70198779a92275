/** What a scalar stands for; an integer is a bigint, a JavaScript number a float64. */
export type Resolved = string | number | bigint | boolean | null;

/** Which words of a plain scalar mean something: as Kubernetes reads manifests (YAML 1.1), or as YAML 1.2 says. */
export type ScalarSchema = 'kubernetes' | 'core';

const TRUE_WORDS = ['true', 'True', 'TRUE'];
const FALSE_WORDS = ['false', 'False', 'FALSE'];
const OLD_TRUE_WORDS = ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'];
const OLD_FALSE_WORDS = ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'];
const NULL_WORDS = ['', '~', 'null', 'Null', 'NULL'];
const INFINITY_WORDS = ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'];
const LONGEST_WORD = 5;

const words = new Map<ScalarSchema, ReadonlyMap<string, Resolved>>();

function wordsOf(schema: ScalarSchema): ReadonlyMap<string, Resolved> {
  let known = words.get(schema);
  if (known === undefined) words.set(schema, (known = listWords(schema)));
  return known;
}

/** For Kubernetes those of go-yaml v2's `resolve.go`: what sigs.k8s.io/yaml, and so Helm, takes for no string. */
function listWords(schema: ScalarSchema): ReadonlyMap<string, Resolved> {
  const isOld = schema === 'kubernetes';
  const map = new Map<string, Resolved>();
  for (const word of [...TRUE_WORDS, ...(isOld ? OLD_TRUE_WORDS : [])]) map.set(word, true);
  for (const word of [...FALSE_WORDS, ...(isOld ? OLD_FALSE_WORDS : [])]) map.set(word, false);
  for (const word of NULL_WORDS) map.set(word, null);
  for (const word of INFINITY_WORDS) map.set(word, Infinity);
  for (const word of ['-.inf', '-.Inf', '-.INF']) map.set(word, -Infinity);
  for (const word of ['.nan', '.NaN', '.NAN']) map.set(word, NaN);
  return map;
}

const SHORT_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
const KUBERNETES_INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const CORE_INTEGER = /^([-+]?)(?:0x([0-9a-fA-F]+)|0b([01]+)|0o([0-7]+)|([0-9]+))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go reads `1_000` in every number, but after a leading point only between digits. */
const POINTED_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** What a plain (unquoted, untagged) scalar stands for. A timestamp is a string. */
export function resolvePlain(text: string, schema: ScalarSchema = 'kubernetes'): Resolved {
  if (text.length <= LONGEST_WORD) {
    const word = wordsOf(schema).get(text);
    if (word !== undefined) return word;
  }
  const first = text.charCodeAt(0);
  const mayBeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2e || first === 0x2d || first === 0x2b;
  return mayBeNumber ? (parseNumber(text, schema) ?? text) : text;
}

function parseNumber(text: string, schema: ScalarSchema): number | bigint | undefined {
  if (SHORT_INTEGER.test(text)) return BigInt(text);
  const plain = withoutUnderscores(text, schema);
  const integer = parseInteger(plain, schema);
  if (integer !== undefined) return integer;
  const float = FLOAT.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(float) ? float : undefined;
}

function withoutUnderscores(text: string, schema: ScalarSchema): string {
  const mayStay = schema === 'core' || !text.includes('_') || (text.startsWith('.') && !POINTED_FLOAT.test(text));
  return mayStay ? text : text.replaceAll('_', '');
}

/** An integer that fits 64 bits, as Go reads it. */
function parseInteger(plain: string, schema: ScalarSchema): bigint | undefined {
  const match = (schema === 'kubernetes' ? KUBERNETES_INTEGER : CORE_INTEGER).exec(plain);
  if (match === null) return undefined;
  const [, sign = '', hexadecimal, binary, octal, decimal] = match;
  let digits = decimal ?? `0o${octal ?? ''}`;
  if (hexadecimal !== undefined) digits = `0x${hexadecimal}`;
  else if (binary !== undefined) digits = `0b${binary}`;
  const size = BigInt(digits);
  if (sign === '-') return size <= MAX_INT64 + 1n ? -size : undefined;
  return size <= (sign === '' ? MAX_UINT64 : MAX_INT64) ? size : undefined;
}
