import { defineRule } from '../../src/rule/rule.ts';
import { detectSecretValue } from '../../src/kube/secret-value.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'configMap',
  meta: {
    summary: 'Disallow secrets among the values of a ConfigMap, whatever their keys',
    why:
      'A private key, a token or an address with a password is a secret under any name. In a ConfigMap it is committed, ' +
      'reviewed and shown to everyone who may read the namespace.',
    help: 'Move {{key}} from ConfigMap {{name}} to a Secret, and change the secret if it has been committed.',
    references: [
      'https://kubernetes.io/docs/concepts/configuration/secret/',
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
    ],
    covers: ['trivy/KSV-0109'],
    severity: 'error',
    recommended: true,
    messages: {
      secret: 'ConfigMap {{name}} holds a secret under {{key}}: {{title}}.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Keys whose values are not checked, as globs.',
        },
      },
    },
    yieldsTo: ['configmap-no-secret-keys'],
  },
  check({ name, resource }, context) {
    for (const field of ['data', 'binaryData'] as const) {
      for (const [key, value] of resource.cursor.at(field).entries()) {
        if (matchesAnyGlob(key, context.options.allow)) continue;
        const text = field === 'data' ? value.string : decodeBinaryData(value.string);
        const found = text === undefined ? undefined : detectSecretValue(text);
        if (found !== undefined) context.report(value.onKey, 'secret', { name, key, title: found.title });
      }
    }
  },
});

/** The text of a base64 value; undefined for binary data. */
function decodeBinaryData(value: string | undefined): string | undefined {
  const text = value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8');
  return text?.includes('\0') === true ? undefined : text;
}
