import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { Certificate } from '../../../src/helm/functions/certificate-object.ts';
import { certificateFunctions } from '../../../src/helm/functions/certificates.ts';
import { cryptoFunctions } from '../../../src/helm/functions/crypto.ts';
import { passwordFunctions } from '../../../src/helm/functions/passwords.ts';
import { randomFunctions } from '../../../src/helm/functions/random.ts';
import { fromKey, result, run, traceOf } from './run-function.ts';

const FAMILIES = { ...cryptoFunctions, ...passwordFunctions, ...randomFunctions, ...certificateFunctions };

// Every expectation was printed by Helm 4.1.4.
it.each([
  ['sha256sum', ['abc'], 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['sha1sum', ['abc'], 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['adler32sum', ['abc'], '38600999'],
  ['derivePassword', [1, 'long', 'password', 'user', 'example.com'], 'ZedaFaxcZaso9*'],
  ['derivePassword', [1, 'x', 'password', 'user', 'example.com'], 'cannot find password template x'],
  ['htpasswd', ['a:b', 'p'], 'invalid username: a:b'],
  ['bcrypt', ['x'.repeat(73)], 'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes'],
  ['encryptAES', ['k', ''], ''],
  ['decryptAES', ['k', 'YQ=='], 'ERROR: runtime error: slice bounds out of range [:16] with capacity 3'],
  ['decryptAES', ['k', '!'], 'ERROR: illegal base64 data at input byte 0'],
  ['randBytes', [-1], 'ERROR: runtime error: makeslice: len out of range'],
  ['randInt', [5, 5], 'ERROR: invalid argument to Intn'],
  ['shuffle', ['a'], 'a'],
  ['genPrivateKey', ['x'], 'Unknown type x'],
  ['genSelfSignedCert', ['a', [1.5], null, 1], 'ERROR: error parsing ip: 1.5 is not a string'],
  ['genSelfSignedCert', ['a', ['x'], null, 1], 'ERROR: error parsing ip: x'],
  ['genCAWithKey', ['a', 1, 'x'], 'ERROR: parsing private key: no PEM data in input'],
  ['buildCustomCert', ['YQ==', 'YQ=='], 'ERROR: unable to decode certificate'],
  ['buildCustomCert', ['!', 'YQ=='], 'ERROR: unable to decode base64 certificate'],
] as const)('%s %j is %s', (name, args, expected) => {
  expect(result(FAMILIES, name, ...args)).toBe(expected);
});

it.each([
  ['randAlphaNum', [20], /^[0-9A-Za-z]{20}$/],
  ['randAlpha', [5], /^[A-Za-z]{5}$/],
  ['randNumeric', [5], /^[0-9]{5}$/],
  ['randAscii', [30], /^[ -~]{30}$/],
  ['randBytes', [3], /^[0-9A-Za-z+/]{4}$/],
  ['uuidv4', [], /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ['bcrypt', ['p'], /^\$2a\$10\$[./0-9A-Za-z]{53}$/],
  ['htpasswd', ['u', 'p'], /^u:\$2a\$10\$/],
  ['genPrivateKey', [''], /^-----BEGIN RSA PRIVATE KEY-----\n[^]{3000,}\n-----END RSA PRIVATE KEY-----\n$/],
  ['genPrivateKey', ['ecdsa'], /^-----BEGIN EC PRIVATE KEY-----\n/],
  ['genPrivateKey', ['ed25519'], /^-----BEGIN PRIVATE KEY-----\n/],
] as const)('%s %j has the form of what chance makes, and says so', (name, args, form) => {
  const made = run(FAMILIES, name, ...args);
  expect(made.value).toMatch(form);
  expect(made.taint.isRandom).toBe(true);
});

it('keeps the keys that chance was asked for', () => {
  expect(traceOf(run(FAMILIES, 'bcrypt', fromKey('p', 'password'))).at(0)).toMatch(/<password random>$/);
});

it('encrypts what it decrypts', () => {
  const encrypted = run(FAMILIES, 'encryptAES', 'key', 'héllo');
  expect(result(FAMILIES, 'decryptAES', 'key', encrypted)).toBe('héllo');
});

it('makes certificates that can be read and signed with', () => {
  const authority = run(FAMILIES, 'genCA', 'my-ca', 365).value;
  const signed = run(FAMILIES, 'genSignedCert', 'svc', ['10.0.0.1', '::1'], ['svc.ns'], 10, authority).value;
  if (!(authority instanceof Certificate && signed instanceof Certificate)) throw new Error('No certificates.');
  const read = new X509Certificate(signed.certificate);
  expect(read.issuer).toBe('CN=my-ca');
  expect(read.subjectAltName).toBe('DNS:svc.ns, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(new X509Certificate(authority.certificate).ca).toBe(true);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const built = run(FAMILIES, 'buildCustomCert', base64(authority.certificate), base64(authority.key));
  expect(built.value).toEqual(authority);
  expect(built.taint.isRandom).toBe(false);
});
