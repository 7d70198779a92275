/** RSA keys from 1024 to 8192 bits, in bytes. */
const SMALLEST_KEY = 128;
const LARGEST_KEY = 1024;
/** Shorter than any ciphertext, longer than most passwords in base64. */
const LONG = 250;

/**
 * Whether a value may be what kubeseal prints: base64 of two bytes with the length of an RSA ciphertext, that ciphertext,
 * and an AES-GCM ciphertext (sealed-secrets, `pkg/crypto/crypto.go`, `HybridEncrypt`). Only the beginning is looked at,
 * so a ciphertext that was cut short counts too; so does any long base64 that is no text.
 */
export function isSealed(value: string): boolean {
  const text = value.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]{20,}={0,2}$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  const keyLength = bytes.readUInt16BE(0);
  if (keyLength >= SMALLEST_KEY && keyLength <= LARGEST_KEY && keyLength % SMALLEST_KEY === 0) return true;
  return text.length >= LONG && !isText(bytes);
}

function isText(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('utf8');
  // eslint-disable-next-line no-control-regex
  return !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text);
}
