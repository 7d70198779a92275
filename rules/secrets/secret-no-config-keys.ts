import { defineRule, type ProviderSubject } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'secret',
  meta: {
    summary: 'Disallow keys in a Secret that belong in the ConfigMap',
    why:
      'A setting inside a Secret cannot be reviewed or compared between environments, and shadows the one in the ' +
      'ConfigMap or is shadowed by it. One object holds either secrets or settings.',
    help: 'Move {{key}} from Secret {{name}} to the ConfigMap.',
    references: [
      'https://kubernetes.io/docs/concepts/configuration/configmap/',
      'https://kubernetes.io/docs/concepts/configuration/secret/',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      misplaced: '{{form}} {{name}} holds {{key}}, which belongs in the ConfigMap.',
    },
    options: {
      type: 'object',
      required: ['keys'],
      properties: {
        keys: { type: 'array', items: { type: 'string' }, description: 'Keys that belong in the ConfigMap, as globs.' },
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Keys that may be in a Secret anyway, as globs.',
        },
      },
    },
  },
  check(secret, context) {
    const { keys, allow } = context.options;
    const { name, form } = secret;
    for (const key of secret.keys.keys()) {
      if (!matchesAnyGlob(key, keys) || matchesAnyGlob(key, allow)) continue;
      context.report(placeOfKey(secret, key), 'misplaced', { form, name, key });
    }
  },
});

/** An ExternalSecret names its keys in values (`secretKey: NAME`). */
function placeOfKey({ form, keys, resource }: ProviderSubject, key: string): ProviderSubject['resource']['cursor'] {
  const place = keys.get(key) ?? resource.cursor;
  return form === 'ExternalSecret' && place.string === key ? place : place.onKey;
}
