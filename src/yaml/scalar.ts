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

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const KUBERNETES_INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const CORE_INTEGER = /^([-+]?)(?:0x([0-9a-fA-F]+)|0b([01]+)|0o([0-7]+)|([0-9]+))$/;

/** The value of a plain (unquoted, untagged) scalar. */
export function resolvePlainScalar(text: string, schema: ScalarSchema): Value {
  if (text === '') return null;
  const first = text.charCodeAt(0);
  const isNumeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  if (isNumeric || text.length <= 5) {
    const word = (schema === 'kubernetes' ? KUBERNETES_WORDS : CORE_WORDS).get(text);
    if (word !== undefined) return word;
  }
  return isNumeric ? (parseNumber(text, schema) ?? text) : text;
}

/** The number that a plain scalar stands for, or undefined when it is none. */
export function parseNumber(text: string, schema: ScalarSchema): number | undefined {
  const isKubernetes = schema === 'kubernetes';
  const plain = isKubernetes && text.charCodeAt(0) !== 0x2e ? text.replaceAll('_', '') : text;
  const integer = (isKubernetes ? KUBERNETES_INTEGER : CORE_INTEGER).exec(plain);
  if (integer !== null) {
    const [, sign, hexadecimal, binary, octal, decimal] = integer;
    const size =
      decimal !== undefined
        ? Number(decimal)
        : hexadecimal !== undefined
          ? Number(`0x${hexadecimal}`)
          : binary !== undefined
            ? Number(`0b${binary}`)
            : Number(`0o${octal}`);
    return sign === '-' ? -size : size;
  }
  return FLOAT.test(plain) ? Number(plain) : undefined;
}

/** The value of a scalar with an explicit tag, or undefined when the text does not fit the tag. */
export function resolveTaggedScalar(tag: string, text: string, schema: ScalarSchema): Value | undefined {
  switch (tag) {
    case '!':
    case 'tag:yaml.org,2002:str':
    case 'tag:yaml.org,2002:timestamp':
      return text;
    case 'tag:yaml.org,2002:binary':
      return Buffer.from(text, 'base64').toString('utf8');
    case 'tag:yaml.org,2002:null':
      return resolvePlainScalar(text, schema) === null ? null : undefined;
    case 'tag:yaml.org,2002:bool': {
      const value = resolvePlainScalar(text, schema);
      return typeof value === 'boolean' ? value : undefined;
    }
    case 'tag:yaml.org,2002:int': {
      const value = parseNumber(text, schema);
      return Number.isInteger(value) ? value : undefined;
    }
    case 'tag:yaml.org,2002:float': {
      const value = resolvePlainScalar(text, schema);
      return typeof value === 'number' ? value : undefined;
    }
    default:
      return undefined;
  }
}
