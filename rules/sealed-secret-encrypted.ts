import { defineRule } from '../src/rule/rule.ts';
import { isSealed } from '../src/kube/sealed-secret.ts';

/** Where plain data stands in a SealedSecret that somebody made of a Secret by hand. */
const PLAIN_FIELDS = [['data'], ['stringData'], ['spec', 'stringData'], ['spec', 'template', 'stringData']] as const;

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
      exposed: 'Remove {{key}} from {{field}}, encrypt it with `kubeseal --raw`, and change the secret that was exposed.',
      template: 'Move {{key}} to encryptedData, or fill it in with a template action that reads an encrypted key.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
      'https://github.com/bitnami-labs/sealed-secrets#sealedsecrets-as-templates-for-secrets',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      plain: 'SealedSecret {{name}} has a value for {{key}} that is not encrypted; expected what kubeseal prints.',
      exposed: 'SealedSecret {{name}} holds {{key}} in plain under {{field}}; expected it encrypted under spec.encryptedData.',
      template: 'SealedSecret {{name}} holds {{key}} in plain in its template; expected it encrypted under spec.encryptedData.',
    },
  },
  check({ cursor, name }, context) {
    const spec = cursor.at('spec');
    for (const [key, value] of spec.at('encryptedData').entries()) {
      if (!isSealed(value.string ?? '')) context.report(value.onKey, 'plain', { name, key });
    }
    // Before `encryptedData`, all of a Secret was one ciphertext.
    const whole = spec.at('data');
    if (whole.string !== undefined && !isSealed(whole.string)) context.report(whole.onKey, 'plain', { name, key: 'data' });
    for (const path of [...PLAIN_FIELDS, ['spec', 'data']] as const) {
      for (const [key, value] of cursor.at(...path).entries()) {
        if (!value.isNull && value.text !== '') context.report(value.onKey, 'exposed', { name, key, field: path.join('.') });
      }
    }
    for (const [key, value] of spec.at('template', 'data').entries()) {
      // The controller runs these as Go templates over the decrypted keys.
      if (value.isNull || value.text === '' || value.text?.includes('{{') === true) continue;
      context.report(value.onKey, 'template', { name, key });
    }
  },
});
