import { defineRule } from '../../src/rule/rule.ts';
import { looksSecret } from '../../src/kube/secret-name.ts';
import { isSecretPlaceholder } from '../../src/kube/secret-placeholder.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'configMap',
  meta: {
    summary: 'Disallow keys in a ConfigMap that belong in a Secret',
    why:
      'A ConfigMap is committed, reviewed and shown to everyone who may read the namespace. A password in it is known to ' +
      'all of them, and stays in the history of the repository.',
    help: 'Move {{key}} from ConfigMap {{name}} to a Secret, and change its value if it has been committed.',
    references: [
      'https://kubernetes.io/docs/concepts/configuration/secret/',
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
    ],
    covers: ['polaris/sensitiveConfigmapContent'],
    severity: 'error',
    recommended: true,
    messages: {
      listed: 'ConfigMap {{name}} holds {{key}}, which belongs in a Secret.',
      suspicious: 'ConfigMap {{name}} holds {{key}}, which is a secret, judging by its name.',
    },
    options: {
      type: 'object',
      properties: {
        keys: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Keys that belong in a Secret regardless of their values, as globs.',
        },
        looksSecret: {
          type: 'boolean',
          default: true,
          description: 'Whether to report other keys whose names look secret, unless their values clearly are not.',
        },
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Keys that may be in a ConfigMap anyway, as globs.',
        },
      },
    },
  },
  secretKeys: ({ keys }) => keys,
  check({ name, resource }, context) {
    const { keys, allow, looksSecret: mayLookSecret } = context.options;
    const { cursor } = resource;
    for (const [key, value] of [...cursor.at('data').entries(), ...cursor.at('binaryData').entries()]) {
      if (matchesAnyGlob(key, allow)) continue;
      if (matchesAnyGlob(key, keys)) {
        context.report(value.onKey, 'listed', { name, key });
      } else if (mayLookSecret && looksSecret(key) && holdsSomething(value)) {
        context.report(value.onKey, 'suspicious', { name, key });
      }
    }
  },
});

function holdsSomething(value: { readonly isNull: boolean; readonly text: string | undefined }): boolean {
  return !value.isNull && value.text !== undefined && !isSecretPlaceholder(value.text);
}
