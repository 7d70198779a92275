import { byteLength, toBytes } from '../value/bytes.ts';
import { nodeCrypto } from '../go/node-crypto.ts';
import { Taint } from '../value/origin.ts';
import { mixed, type Tracked } from '../value/tracked.ts';
import {
  type Call,
  FunctionError,
  type HelmFunction,
  plain,
  traced,
  type TrackedParameter,
} from '../value/function.ts';

const BCRYPT_ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SALT_LENGTH = 16;
const BCRYPT_LENGTH = 23;
const MAX_PASSWORD = 72;
const MAX_UINT32 = 2 ** 32 - 1;

/** Sprig's passwords: hashed ones and those of the Master Password algorithm. */
export const passwordFunctions: Readonly<Record<string, HelmFunction>> = {
  bcrypt: traced(['string'], (call, password) => bcrypt(call, password)),
  htpasswd: traced(['string', 'string'], (call, user, password) => {
    if (user.value.includes(':')) return mixed(`invalid username: ${user.value}`, user.taint);
    const hashed = bcrypt(call, password);
    return mixed(`${user.value}:${hashed.value}`, user.taint.with(hashed.taint));
  }),
  derivePassword: plain(['int', 'string', 'string', 'string', 'string'], derivePassword),
};

/**
 * A text of the form that bcrypt gives. A real one has a salt that chance made, so no two runs of Helm agree on it:
 * its 2^10 rounds would be for nothing.
 */
function bcrypt(call: Call, password: TrackedParameter<'string'>): Tracked<string> {
  if (byteLength(password.value) > MAX_PASSWORD) {
    const text = 'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes';
    return mixed(text, password.taint);
  }
  const salt = bcryptBase64(call.randomBytes(SALT_LENGTH));
  const hash = bcryptBase64(call.randomBytes(BCRYPT_LENGTH));
  return mixed(`$2a$10$${salt}${hash}`, password.taint.with(Taint.random));
}

function bcryptBase64(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const base64 = Buffer.from(bytes).toString('base64').replaceAll('=', '');
  return Array.from(base64, (digit) => BCRYPT_ALPHABET.charAt(alphabet.indexOf(digit))).join('');
}

/** The shapes of passwords by type; their letters are keys of `CHARACTERS` (https://masterpassword.app, version 0). */
const SHAPES: Readonly<Record<string, string>> = {
  maximum: 'anoxxxxxxxxxxxxxxxxx axxxxxxxxxxxxxxxxxno',
  long:
    'CvcvnoCvcvCvcv CvcvCvcvnoCvcv CvcvCvcvCvcvno CvccnoCvcvCvcv CvccCvcvnoCvcv CvccCvcvCvcvno CvcvnoCvccCvcv ' +
    'CvcvCvccnoCvcv CvcvCvccCvcvno CvcvnoCvcvCvcc CvcvCvcvnoCvcc CvcvCvcvCvccno CvccnoCvccCvcv CvccCvccnoCvcv ' +
    'CvccCvccCvcvno CvcvnoCvccCvcc CvcvCvccnoCvcc CvcvCvccCvccno CvccnoCvcvCvcc CvccCvcvnoCvcc CvccCvcvCvccno',
  medium: 'CvcnoCvc CvcCvcno',
  short: 'Cvcn',
  basic: 'aaanaaan aannaaan aaannaaa',
  pin: 'nnnn',
};

const CHARACTERS: Readonly<Record<string, string>> = {
  V: 'AEIOU',
  C: 'BCDFGHJKLMNPQRSTVWXYZ',
  v: 'aeiou',
  c: 'bcdfghjklmnpqrstvwxyz',
  A: 'AEIOUBCDFGHJKLMNPQRSTVWXYZ',
  a: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz',
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()',
};

const SCOPE = 'com.lyndir.masterpassword';

function derivePassword(counter: number, type: string, password: string, user: string, site: string): string {
  if (counter < 0 || counter > MAX_UINT32) throw new FunctionError(`${counter} overflows uint32`);
  const shapes = (Object.hasOwn(SHAPES, type) ? SHAPES[type] : undefined)?.split(' ');
  if (shapes === undefined) return `cannot find password template ${type}`;
  const { scryptSync, createHmac } = nodeCrypto();
  const salt = Buffer.concat([Buffer.from(SCOPE), uint32(byteLength(user)), toBytes(user)]);
  const key = scryptSync(toBytes(password), salt, 64, { N: 32_768, r: 8, p: 2, maxmem: 2 ** 27 });
  const message = Buffer.concat([Buffer.from(SCOPE), uint32(byteLength(site)), toBytes(site), uint32(counter)]);
  const seed = createHmac('sha256', key).update(message).digest();
  const shape = shapes[(seed[0] ?? 0) % shapes.length] ?? '';
  return Array.from(shape, (letter, index) => {
    const characters = CHARACTERS[letter] ?? '';
    return characters.charAt((seed[index + 1] ?? 0) % characters.length);
  }).join('');
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
