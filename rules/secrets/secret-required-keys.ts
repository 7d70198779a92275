import { defineRule, type ProviderSubject } from '../../src/rule/rule.ts';
import { isGlob, matchesAnyGlob, matchesGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';

export default defineRule({
  scope: 'secret',
  meta: {
    summary: 'Require certain Secrets to have their keys',
    why:
      'A Secret that lacks a key, or spells it differently, is accepted by the API server; the application then starts ' +
      'without the variable, or the Pod does not start at all.',
    help: {
      missing: 'Add {{key}} to Secret {{name}}; a SealedSecret must be sealed again with it.',
      misspelt: 'Rename {{found}} to {{key}}; a SealedSecret may need to be sealed again.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/configuration/secret/',
      'https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      missing: '{{form}} {{name}} has no key {{key}}.',
      misspelt: '{{form}} {{name}} has no key {{key}}, but it has {{found}} (did you mean {{key}}?).',
    },
    options: {
      type: 'object',
      required: ['secrets'],
      properties: {
        secrets: {
          type: 'array',
          description: 'The Secrets, each with the keys that it must have.',
          items: {
            type: 'object',
            required: ['name', 'keys'],
            properties: {
              name: { type: 'string', description: 'The name of the resulting Secret, as a glob.' },
              keys: {
                type: 'array',
                items: { type: 'string' },
                description: 'Keys that it must have. A glob requires at least one key that matches it.',
              },
            },
          },
        },
      },
    },
  },
  secretKeys: ({ secrets }) => secrets.flatMap(({ keys }) => keys),
  isSubject({ name }, { secrets }) {
    return secrets.some((secret) => matchesGlob(name, secret.name));
  },
  check(secret, context) {
    const { name, form, keys, hasAllKeys } = secret;
    if (!hasAllKeys) return;
    const required = context.options.secrets.flatMap((known) => (matchesGlob(name, known.name) ? known.keys : []));
    const present = [...keys.keys()];
    const spare = new Set(present.filter((key) => !matchesAnyGlob(key, required)));
    for (const key of new Set(required)) {
      if (present.some((candidate) => matchesGlob(candidate, key))) continue;
      const found = isGlob(key) ? undefined : nearMiss(key, spare);
      if (found === undefined) {
        context.report(placeOfKeys(secret).at(key), 'missing', { form, name, key });
      } else {
        // One wrong key stands for one missing key.
        spare.delete(found);
        context.report(placeOfKey(secret, found), 'misspelt', { form, name, found, key });
      }
    }
  },
});

/** What holds the keys in each form of a Secret. */
function placeOfKeys({ form, resource }: ProviderSubject): ProviderSubject['resource']['cursor'] {
  const { cursor } = resource;
  if (form === 'SealedSecret') return cursor.at('spec', 'encryptedData');
  if (form === 'ExternalSecret') return cursor.at('spec', 'data');
  return cursor.at('data').exists || !cursor.at('stringData').exists ? cursor.at('data') : cursor.at('stringData');
}

/** An ExternalSecret names its keys in values (`secretKey: NAME`). */
function placeOfKey(secret: ProviderSubject, key: string): ProviderSubject['resource']['cursor'] {
  const place = secret.keys.get(key) ?? placeOfKeys(secret);
  return secret.form === 'ExternalSecret' && place.string === key ? place : place.onKey;
}
