import { CorruptInputError, decodeBase64Bytes } from '../go/base64.ts';
import { fromBytes, toBytes } from '../value/bytes.ts';
import { nodeCrypto } from '../go/node-crypto.ts';
import { mixed } from '../value/tracked.ts';
import { FunctionError, type HelmFunction, plain } from '../value/function.ts';
import { random } from './random-function.ts';

const KEY_LENGTH = 32;
const BLOCK_LENGTH = 16;
const CIPHER = 'aes-256-cbc';

/** Sprig's sums and its AES. */
export const cryptoFunctions: Readonly<Record<string, HelmFunction>> = {
  sha1sum: plain(['string'], (text) => digest('sha1', text)),
  sha256sum: plain(['string'], (text) => digest('sha256', text)),
  sha512sum: plain(['string'], (text) => digest('sha512', text)),
  adler32sum: plain(['string'], (text) => String(adler32(toBytes(text)))),
  decryptAES: plain(['string', 'string'], decrypt),
  encryptAES: withoutChanceForNothing(
    random(['string', 'string'], (call, password, text) => {
      const vector = call.randomBytes(BLOCK_LENGTH);
      const cipher = nodeCrypto().createCipheriv(CIPHER, deriveKey(password), vector);
      return Buffer.concat([vector, cipher.update(toBytes(text)), cipher.final()]).toString('base64');
    }),
  ),
};

/** An empty text is not encrypted. */
function withoutChanceForNothing(encrypt: HelmFunction): HelmFunction {
  return {
    signature: encrypt.signature,
    call(call, args) {
      const text = args[1];
      return text?.value === '' ? mixed('', text.taint) : encrypt.call(call, args);
    },
  };
}

function digest(algorithm: string, text: string): string {
  return nodeCrypto().createHash(algorithm).update(toBytes(text)).digest('hex');
}

/** RFC 1950, section 9. */
function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}

/** A password as a key: cut or filled up with zeros, as sprig does it. */
function deriveKey(password: string): Uint8Array {
  const key = Buffer.alloc(KEY_LENGTH);
  key.set(toBytes(password).subarray(0, KEY_LENGTH));
  return key;
}

function decrypt(password: string, text: string): string {
  if (text === '') return '';
  const bytes = decodeCipherText(text);
  if (bytes.length < BLOCK_LENGTH) {
    throw new FunctionError(`runtime error: slice bounds out of range [:16] with capacity ${capacityOf(text)}`);
  }
  const body = bytes.subarray(BLOCK_LENGTH);
  if (body.length % BLOCK_LENGTH !== 0) throw new FunctionError('crypto/cipher: input not full blocks');
  if (body.length === 0) throw new FunctionError('runtime error: index out of range [-1]');
  const decipher = nodeCrypto().createDecipheriv(CIPHER, deriveKey(password), bytes.subarray(0, BLOCK_LENGTH));
  decipher.setAutoPadding(false);
  const plainText = Buffer.concat([decipher.update(body), decipher.final()]);
  const end = plainText.length - (plainText.at(-1) ?? 0);
  if (end < 0) throw new FunctionError(`runtime error: slice bounds out of range [:${end}]`);
  return fromBytes(plainText.subarray(0, end));
}

function decodeCipherText(text: string): Uint8Array {
  try {
    return decodeBase64Bytes(text);
  } catch (error) {
    throw error instanceof CorruptInputError ? new FunctionError(error.message) : error;
  }
}

/** The room that Go makes for what a text may decode to. */
function capacityOf(text: string): number {
  return Math.trunc(toBytes(text).length / 4) * 3;
}
