import { defineRule } from '../../src/rule/rule.ts';
import { injectedValuesOf } from '../../src/kube/injected-value.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === '' && kind === 'Secret',
  meta: {
    summary: 'Disallow Secrets that are written in plain text',
    why:
      'The values of a Secret are encoded, not encrypted: whoever reads the repository, the chart or the rendered ' +
      'manifest reads them too. A sealed or external Secret may be committed, and so may values that SOPS has encrypted and placeholders ' +
      'that a tool replaces; this one may not.',
    help: 'Seal Secret {{name}} with kubeseal, commit the SealedSecret instead, and change the values that were exposed.',
    references: [
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
      'https://kubernetes.io/docs/concepts/configuration/secret/',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      plain: 'Secret {{name}} is written in plain text, with {{field}}; expected a SealedSecret.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Names of Secrets that may be in plain text, as globs.',
        },
        allowTypes: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Types of Secrets that may be in plain text, as globs, such as "helm.sh/*".',
        },
      },
    },
  },
  check({ cursor, name }, context) {
    const { allow, allowTypes } = context.options;
    if (matchesAnyGlob(name, allow) || matchesAnyGlob(cursor.at('type').string ?? 'Opaque', allowTypes)) return;
    if (cursor.node === undefined) return;
    // What SOPS has encrypted, and what only stands for a secret, may be committed.
    const { stands } = injectedValuesOf(cursor.node);
    const field = ['data', 'stringData'].find((candidate) => {
      return cursor
        .at(candidate)
        .entries()
        .some(([, value]) => !stands(value.text ?? ''));
    });
    if (field !== undefined) context.report(cursor.at(field), 'plain', { name, field });
  },
});
