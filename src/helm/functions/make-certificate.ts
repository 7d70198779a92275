import { bitString, der, integer, objectId, octetString, sequence, time } from '../codec/der.ts';
import { encodePem } from '../codec/pem.ts';
import type { Call } from '../value/function.ts';

/** What a certificate is about. */
interface CertificateRequest {
  readonly commonName: string;
  readonly issuer: string;
  readonly days: number;
  /** In network order, 4 or 16 bytes each. */
  readonly addresses: readonly Uint8Array[];
  readonly names: readonly string[];
  readonly isAuthority: boolean;
  /** A SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
}

const RSA_BYTES = 256;
const DAY = 86_400_000;
/** The end of the year 9999, after which certificates know no time. */
const LAST_MOMENT = 253_402_300_799_000;
const NULL = Uint8Array.of(5, 0);
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const EXPONENT = Uint8Array.of(1, 0, 1);

/**
 * A certificate (RFC 5280) with all that was asked for and a signature of chance. Helm's own differs in every run,
 * and making a real key takes longer than all the rest of a rendering.
 */
export function makeCertificate(call: Call, request: CertificateRequest): string {
  const algorithm = sequence(objectId(SHA256_WITH_RSA), NULL);
  const body = sequence(
    der(0xa0, integer(Uint8Array.of(2))),
    integer(withoutSign(call.randomBytes(16))),
    algorithm,
    encodeName(request.issuer),
    sequence(time(call.now), time(Math.min(Math.max(call.now + request.days * DAY, 0), LAST_MOMENT))),
    encodeName(request.commonName),
    request.publicKey,
    der(0xa3, sequence(...extensionsOf(request))),
  );
  return encodePem('CERTIFICATE', sequence(body, algorithm, bitString(call.randomBytes(RSA_BYTES))));
}

/** An RSA key of 2048 bits by its form; its numbers are chance. */
export function makeRsaKey(call: Call, bits = RSA_BYTES * 8): { readonly key: string; readonly publicKey: Uint8Array } {
  const size = bits / 8;
  const number = (length: number): Uint8Array => {
    const bytes = Buffer.from(call.randomBytes(length));
    bytes[0] = (bytes[0] ?? 0) | 0xc0;
    bytes[length - 1] = (bytes[length - 1] ?? 0) | 1;
    return integer(bytes);
  };
  const modulus = number(size);
  const exponent = integer(EXPONENT);
  const halves = Array.from({ length: 5 }, () => number(size / 2));
  const key = sequence(integer(Uint8Array.of(0)), modulus, exponent, number(size), ...halves);
  const publicKey = sequence(sequence(objectId(RSA_ENCRYPTION), NULL), bitString(sequence(modulus, exponent)));
  return { key: encodePem('RSA PRIVATE KEY', key), publicKey };
}

function withoutSign(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (byte, index) => (index === 0 ? (byte & 0x7f) | 1 : byte));
}

/** A name that consists of its common name. */
function encodeName(commonName: string): Uint8Array {
  return sequence(der(0x31, sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(commonName)))));
}

function extensionsOf({ isAuthority, addresses, names }: CertificateRequest): Uint8Array[] {
  const isCritical = Uint8Array.of(1, 1, 0xff);
  const usage = isAuthority ? Uint8Array.of(3, 2, 2, 0xa4) : Uint8Array.of(3, 2, 5, 0xa0);
  const purposes = sequence(objectId('1.3.6.1.5.5.7.3.1'), objectId('1.3.6.1.5.5.7.3.2'));
  const authority = sequence(isAuthority ? isCritical : Buffer.alloc(0));
  const extensions = [
    sequence(objectId('2.5.29.15'), isCritical, octetString(usage)),
    sequence(objectId('2.5.29.37'), octetString(purposes)),
    sequence(objectId('2.5.29.19'), isCritical, octetString(authority)),
  ];
  if (addresses.length + names.length > 0) {
    const alternatives = sequence(
      ...names.map((name) => der(0x82, Buffer.from(name))),
      ...addresses.map((address) => der(0x87, address)),
    );
    extensions.push(sequence(objectId('2.5.29.17'), octetString(alternatives)));
  }
  return extensions;
}
