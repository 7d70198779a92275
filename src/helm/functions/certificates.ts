import { decodePem } from '../codec/pem.ts';
import { CorruptInputError, decodeBase64 } from '../go/base64.ts';
import { parseAddress } from '../go/ip-address.ts';
import { nodeCrypto } from '../go/node-crypto.ts';
import { goTypeName, printValue } from '../go/print.ts';
import { type GoList, isObject, type Value } from '../value/value.ts';
import { Certificate } from './certificate-object.ts';
import { type Call, FunctionError, type HelmFunction, plain } from '../value/function.ts';
import { makeCertificate, makeRsaKey } from './make-certificate.ts';
import { makePrivateKey, parsePrivateKey, type PrivateKey } from './private-keys.ts';
import { random } from './random-function.ts';

interface Subject {
  readonly commonName: string;
  readonly addresses: readonly Uint8Array[];
  readonly names: readonly string[];
  readonly days: number;
}

/** Sprig's functions over keys and certificates. What they make differs in every run of Helm, so it is of chance. */
export const certificateFunctions: Readonly<Record<string, HelmFunction>> = {
  genPrivateKey: random(['string'], makePrivateKey),
  buildCustomCert: plain(['string', 'string'], buildCertificate),
  genCA: random(['string', 'int'], (call, commonName, days) =>
    makeSelfSigned(call, { commonName, addresses: [], names: [], days }, true),
  ),
  genCAWithKey: random(['string', 'int', 'string'], (call, commonName, days, key) =>
    makeSelfSigned(call, { commonName, addresses: [], names: [], days }, true, readPrivateKey(key)),
  ),
  genSelfSignedCert: random(['string', 'list', 'list', 'int'], (call, ...subject) =>
    makeSelfSigned(call, readSubject(...subject), false),
  ),
  genSelfSignedCertWithKey: random(['string', 'list', 'list', 'int', 'string'], (call, name, ips, dns, days, pem) => {
    const key = readPrivateKey(pem);
    return makeSelfSigned(call, readSubject(name, ips, dns, days), false, key);
  }),
  genSignedCert: random(['string', 'list', 'list', 'int', 'any'], (call, name, ips, dns, days, authority) => {
    const issuer = issuerOf(authority);
    return makeSigned(call, readSubject(name, ips, dns, days), issuer);
  }),
  genSignedCertWithKey: random(
    ['string', 'list', 'list', 'int', 'any', 'string'],
    (call, name, ips, dns, days, authority, pem) => {
      const key = readPrivateKey(pem);
      const issuer = issuerOf(authority);
      return makeSigned(call, readSubject(name, ips, dns, days), issuer, key);
    },
  ),
};

function makeSelfSigned(call: Call, subject: Subject, isAuthority: boolean, given?: PrivateKey): Certificate {
  const { key, publicKey } = given ?? makeRsaKey(call);
  const request = { ...subject, issuer: subject.commonName, isAuthority, publicKey };
  return new Certificate(makeCertificate(call, request), key);
}

function makeSigned(call: Call, subject: Subject, issuer: string, given?: PrivateKey): Certificate {
  const { key, publicKey } = given ?? makeRsaKey(call);
  return new Certificate(makeCertificate(call, { ...subject, issuer, isAuthority: false, publicKey }), key);
}

/** A nil list is an empty one. */
function readSubject(commonName: string, ips: GoList | null, dns: GoList | null, days: number): Subject {
  const addresses = (ips?.items ?? []).map((item) => {
    if (typeof item !== 'string') throw new FunctionError(`error parsing ip: ${printValue(item)} is not a string`);
    const address = parseAddress(item);
    if (address === undefined) throw new FunctionError(`error parsing ip: ${item}`);
    return address;
  });
  const names = (dns?.items ?? []).map((item) => {
    if (typeof item === 'string') return item;
    throw new FunctionError(`error processing alternate dns name: ${printValue(item)} is not a string`);
  });
  return { commonName, addresses, names, days };
}

function readPrivateKey(pem: string): PrivateKey {
  return whileDoing('parsing private key', () => parsePrivateKey(pem));
}

/** Checks a certificate to sign with and gives its common name. */
function issuerOf(authority: Value): string {
  if (!isObject(authority) || !(authority instanceof Certificate)) {
    throw new FunctionError(`wrong type for value; expected sprig.certificate; got ${goTypeName(authority)}`);
  }
  const subject = readCertificate(authority.certificate, 'decodedSignerCert');
  whileDoing('error parsing private key', () => parsePrivateKey(authority.key));
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? '';
}

function buildCertificate(certificate64: string, key64: string): Certificate {
  const certificate = decodePemInput(certificate64, 'certificate');
  const key = decodePemInput(key64, 'private key');
  readCertificate(certificate, 'decodedCert');
  whileDoing('error parsing private key', () => parsePrivateKey(key));
  return new Certificate(certificate, key);
}

function decodePemInput(text: string, what: string): string {
  try {
    return decodeBase64(text);
  } catch (error) {
    if (error instanceof CorruptInputError) throw new FunctionError(`unable to decode base64 ${what}`);
    throw error;
  }
}

/** The subject of a certificate, one attribute a line. */
function readCertificate(pem: string, variable: string): string {
  const block = decodePem(pem);
  if (block === undefined) throw new FunctionError('unable to decode certificate');
  const { X509Certificate } = nodeCrypto();
  try {
    return new X509Certificate(block.bytes).subject;
  } catch {
    throw new FunctionError(`error parsing certificate: ${variable}.Bytes: x509: malformed certificate`);
  }
}

function whileDoing<T>(doing: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof FunctionError ? new FunctionError(`${doing}: ${error.message}`) : error;
  }
}
