import { all, checkKey, each, fields, is } from './checks.ts';
import type { Check, Field } from './field.ts';
import { bytesOf, CONFIG_KEY, DNS_LABEL, DNS_SUBDOMAIN, QUALIFIED_NAME } from './formats.ts';
import { metadata } from './metadata.ts';

/** Of all values of a ConfigMap or a Secret, in bytes. */
const LARGEST = 1_048_576;

const keys: Check = (map) => {
  for (const [key, value] of map.entries()) {
    checkKey(value, CONFIG_KEY, key);
  }
};

/** How many bytes a text in base64 stands for. */
function bytesOfBase64(text: string): number {
  const digits = text.replace(/[\r\n=]/g, '').length;
  return Math.floor((digits * 3) / 4);
}

function total(map: Field, measure: (text: string) => number): number {
  return map.entries().reduce((sum, [, value]) => sum + measure(value.text), 0);
}

export const configMap = all(metadata({ name: DNS_SUBDOMAIN }), fields({ data: keys, binaryData: keys }), (object) => {
  const data = object.at('data');
  const binary = object.at('binaryData');
  for (const [key, value] of binary.size === 0 ? [] : data.entries()) {
    if (binary.has(key)) value.invalid('is a key of binaryData, too', 'Rename one of the two keys');
  }
  if (total(data, bytesOf) + total(binary, bytesOfBase64) > LARGEST) data.tooLong(LARGEST, 'bytes');
});

/** The keys that a type of Secrets asks for. */
const KEYS_OF_TYPES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'kubernetes.io/tls': ['tls.crt', 'tls.key'],
    'kubernetes.io/dockercfg': ['.dockercfg'],
    'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
    'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  }),
);

const ACCOUNT_NAME = 'kubernetes.io/service-account.name';

const typedSecret: Check = (secret) => {
  const type = secret.at('type').text;
  for (const key of KEYS_OF_TYPES.get(type) ?? []) {
    const value = valueOf(secret, key);
    const isThere = type === 'kubernetes.io/ssh-auth' ? value?.isEmpty === false : value !== undefined;
    if (!isThere) secret.at('data', key).required(`in a Secret of the type ${type}`);
    else if (key.startsWith('.docker') && value !== undefined && !isJsonObject(value)) {
      value.invalid('is not a JSON object', 'Write the configuration of Docker as JSON');
    }
  }
  if (
    type === 'kubernetes.io/basic-auth' &&
    !['username', 'password'].some((key) => valueOf(secret, key) !== undefined)
  ) {
    secret.at('data', 'username').required(`or password, in a Secret of the type ${type}`, 'Add username or password');
  }
  const account = secret.at('metadata', 'annotations', ACCOUNT_NAME);
  if (type === 'kubernetes.io/service-account-token' && account.isEmpty)
    account.required(`in a Secret of the type ${type}`);
};

/** The value of a key: one of `stringData` wins. */
function valueOf(secret: Field, key: string): Field | undefined {
  return [secret.at('stringData').as('data'), secret.at('data')].find((map) => map.has(key))?.at(key);
}

/** What a tool replaces by the secret before the API server sees it. */
const STANDS_FOR_A_SECRET = /^<.*>$|^ref\+|^vault:|^ENC\[|\$\{.*\}|\{\{.*\}\}/;

function isJsonObject(value: Field): boolean {
  const text = value.parent?.step === 'data' ? Buffer.from(value.text, 'base64').toString() : value.text;
  if (STANDS_FOR_A_SECRET.test(value.text) || STANDS_FOR_A_SECRET.test(text)) return true;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && !Array.isArray(json);
  } catch {
    return false;
  }
}

export const secret = all(
  metadata({ name: DNS_SUBDOMAIN }),
  fields({ data: keys, stringData: (map) => keys(map.as('data')) }),
  typedSecret,
  (object) => {
    const data = object.at('data');
    if (total(data, bytesOfBase64) + total(object.at('stringData'), bytesOf) > LARGEST) data.tooLong(LARGEST, 'bytes');
  },
);

export const serviceAccount = metadata({ name: DNS_SUBDOMAIN });

const SECURITY_LEVELS = ['privileged', 'baseline', 'restricted'];

/** Labels that say which Pods may run in a namespace. */
const podSecurity: Check = (object) => {
  const found = object.at('metadata', 'labels');
  for (const mode of ['enforce', 'audit', 'warn']) {
    const level = found.at(`pod-security.kubernetes.io/${mode}`);
    const version = found.at(`pod-security.kubernetes.io/${mode}-version`);
    if (level.isSet && !SECURITY_LEVELS.includes(level.text)) {
      level.invalid(`is not one of ${SECURITY_LEVELS.join(', ')}`, `Write ${SECURITY_LEVELS.join(' or ')}`);
    }
    if (version.isSet && !/^(?:latest|v1\.(?:0|[1-9]\d*))$/.test(version.text)) {
      version.invalid('is not a version of Kubernetes', 'Write latest, or a version such as v1.35');
    }
  }
};

export const namespace = all(
  metadata({ name: DNS_LABEL }),
  podSecurity,
  fields({
    spec: fields({
      finalizers: each(is(QUALIFIED_NAME), (field) => {
        if (!field.text.includes('/') && field.text !== 'kubernetes') {
          field.invalid('is not a known finalizer', 'Put a domain before it, as in example.com/my-finalizer');
        }
      }),
    }),
  }),
);
