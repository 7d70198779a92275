import { defineRule } from '../../src/rule/rule.ts';

/** Where plain data is in a SealedSecret that somebody made from a Secret by hand. */
const PLAIN_FIELDS = [['data'], ['stringData'], ['spec', 'stringData'], ['spec', 'template', 'stringData']] as const;

/** Where kubectl and kubecfg keep a copy of the object that was applied: here, of the Secret that was sealed. */
const COPIES = ['kubectl.kubernetes.io/last-applied-configuration', 'kubecfg.ksonnet.io/last-applied-configuration'];

/** RSA keys from 1024 to 8192 bits, in bytes. */
const SMALLEST_KEY = 128;
const LARGEST_KEY = 1024;
/** Shorter than any ciphertext, longer than most passwords in base64. */
const LONG = 250;

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === 'bitnami.com' && kind === 'SealedSecret',
  meta: {
    summary: 'Require every value of a SealedSecret to be encrypted',
    why:
      'A SealedSecret may be committed because nobody but the controller can read it. A plain or merely base64-encoded ' +
      'value in it is open to every reader of the repository, and the controller cannot unseal it either.',
    help: {
      plain: 'Encrypt the value of {{key}} with `kubeseal --raw`, and change the secret that was exposed.',
      exposed:
        'Remove {{key}} from {{field}}, encrypt it with `kubeseal --raw`, and change the secret that was exposed.',
      copy: 'Remove the annotation {{key}} from the template, and change the secrets that were exposed.',
      template: 'Move {{key}} to encryptedData, or fill it in with a template action that reads an encrypted key.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
      'https://github.com/bitnami-labs/sealed-secrets#sealedsecrets-as-templates-for-secrets',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      plain: 'SealedSecret {{name}} has a value for {{key}} that is not encrypted; expected the output of kubeseal.',
      exposed:
        'SealedSecret {{name}} holds {{key}} in plain text under {{field}}; expected it encrypted under spec.encryptedData.',
      copy: 'SealedSecret {{name}} has a plain-text copy of the Secret in the annotation {{key}} of its template.',
      template:
        'SealedSecret {{name}} holds {{key}} in plain text in its template; expected it encrypted under spec.encryptedData.',
    },
  },
  check({ cursor, name }, context) {
    const spec = cursor.at('spec');
    for (const [key, value] of spec.at('encryptedData').entries()) {
      if (!isSealed(value.string ?? '')) context.report(value.onKey, 'plain', { name, key });
    }
    // Before `encryptedData`, all of a Secret was one ciphertext.
    const whole = spec.at('data');
    if (whole.string !== undefined && !isSealed(whole.string))
      context.report(whole.onKey, 'plain', { name, key: 'data' });
    for (const path of [...PLAIN_FIELDS, ['spec', 'data']] as const) {
      for (const [key, value] of cursor.at(...path).entries()) {
        if (!value.isNull && value.text !== '')
          context.report(value.onKey, 'exposed', { name, key, field: path.join('.') });
      }
    }
    for (const key of COPIES) {
      const copy = spec.at('template', 'metadata', 'annotations', key);
      if (/"(?:data|stringData)"/.test(copy.string ?? '')) context.report(copy.onKey, 'copy', { name, key });
    }
    for (const [key, value] of spec.at('template', 'data').entries()) {
      // The controller runs these as Go templates over the decrypted keys.
      if (value.isNull || value.text === '' || value.text?.includes('{{') === true) continue;
      context.report(value.onKey, 'template', { name, key });
    }
  },
});

/**
 * Whether a value may be what kubeseal prints: base64 of two bytes with the length of an RSA ciphertext, that ciphertext,
 * and an AES-GCM ciphertext (sealed-secrets, `pkg/crypto/crypto.go`, `HybridEncrypt`). Only the beginning is looked at,
 * so a ciphertext that was cut short counts too; so does any long base64 that is not text.
 */
function isSealed(value: string): boolean {
  const text = value.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]{20,}={0,2}$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  const keyLength = bytes.readUInt16BE(0);
  if (keyLength >= SMALLEST_KEY && keyLength <= LARGEST_KEY && keyLength % SMALLEST_KEY === 0) return true;
  return text.length >= LONG && !looksLikeText(bytes.toString('utf8'));
}

/** Text has no control characters, and decodes without replacement characters. */
function looksLikeText(text: string): boolean {
  return !/[^\P{Cc}\t\n\r]|\ufffd/u.test(text);
}
