import { bitString, der, integer, objectId, octetString, sequence } from '../codec/der.ts';
import { decodePem, encodePem } from '../codec/pem.ts';
import { nodeCrypto } from '../go/node-crypto.ts';
import { type Call, FunctionError } from '../value/function.ts';
import { makeRsaKey } from './make-certificate.ts';

/** A private key that was given as PEM. */
export interface PrivateKey {
  /** As Go writes it again. */
  readonly key: string;
  /** A SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
}

const P256 = '1.2.840.10045.3.1.7';
const ED25519 = '1.3.101.112';

/** Sprig's `genPrivateKey`, with numbers of chance. */
export function makePrivateKey(call: Call, type: string): string {
  switch (type) {
    case '':
    case 'rsa':
      return makeRsaKey(call, 4096).key;
    case 'dsa': {
      const numbers = [256, 32, 256, 256, 32].map((length) => integer(call.randomBytes(length)));
      return encodePem('DSA PRIVATE KEY', sequence(integer(Uint8Array.of(0)), ...numbers));
    }
    case 'ecdsa':
      return makeEcKey(call);
    case 'ed25519': {
      const seed = octetString(octetString(call.randomBytes(32)));
      return encodePem('PRIVATE KEY', sequence(integer(Uint8Array.of(0)), sequence(objectId(ED25519)), seed));
    }
    default:
      return `Unknown type ${type}`;
  }
}

function makeEcKey(call: Call): string {
  const secret = Buffer.from(call.randomBytes(32));
  // Below the order of the curve, and not 0.
  secret[0] = ((secret[0] ?? 0) & 0x7f) | 1;
  const curve = nodeCrypto().createECDH('prime256v1');
  curve.setPrivateKey(secret);
  const parameters = der(0xa0, objectId(P256));
  const point = der(0xa1, bitString(curve.getPublicKey()));
  return encodePem('EC PRIVATE KEY', sequence(integer(Uint8Array.of(1)), octetString(secret), parameters, point));
}

/** Reads a private key as sprig does. Throws `FunctionError`. */
export function parsePrivateKey(text: string): PrivateKey {
  const block = decodePem(text);
  if (block === undefined) throw new FunctionError('no PEM data in input');
  if (block.type === 'PRIVATE KEY') return readKey(text, 'decoding PEM as PKCS#8');
  if (!block.type.endsWith(' PRIVATE KEY')) {
    throw new FunctionError(`no private key data in PEM block of type ${block.type}`);
  }
  const kind = block.type.slice(0, -' PRIVATE KEY'.length);
  if (kind === 'DSA') return { key: encodePem(block.type, block.bytes), publicKey: sequence() };
  if (kind !== 'RSA' && kind !== 'EC') throw new FunctionError(`invalid private key type ${kind}`);
  return readKey(text, `parsing ${kind} private key from PEM`);
}

function readKey(text: string, doing: string): PrivateKey {
  const { createPrivateKey, createPublicKey } = nodeCrypto();
  try {
    const key = createPrivateKey(text);
    const type = key.asymmetricKeyType;
    const form = type === 'rsa' ? 'pkcs1' : type === 'ec' ? 'sec1' : 'pkcs8';
    return {
      key: String(key.export({ type: form, format: 'pem' })),
      publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    };
  } catch {
    // Which structure Go stumbles over is not known here.
    throw new FunctionError(`${doing}: asn1: structure error`);
  }
}
