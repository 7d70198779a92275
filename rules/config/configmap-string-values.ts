import { quotingRemedy } from '../../src/bundle/quoting.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'configMap',
  meta: {
    summary: 'Require every value of a ConfigMap to be a string',
    why:
      'The API server rejects a ConfigMap with a number, a boolean or a structure among its values, and the release ' +
      'fails. YAML reads 8000, true, yes, off and 0777 as numbers and booleans unless they are quoted.',
    help: {
      unquoted: '{{remedy}}.',
      nested: 'Write the value of {{key}} as a block scalar: put `|` after the key.',
    },
    references: [
      'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/config-map-v1/',
      'https://helm.sh/docs/howto/charts_tips_and_tricks/#quote-strings-dont-quote-integers',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      unquoted: 'ConfigMap {{name}} has a {{type}} for {{key}} where the API server accepts only a string.',
      nested: 'ConfigMap {{name}} has a {{type}} for {{key}} where the API server accepts only a string.',
    },
    yieldsTo: ['configmap-mangled-values'],
  },
  check({ name, resource }, context) {
    for (const [key, value] of resource.cursor.at('data').entries()) {
      if (value.isMapping || value.isSequence) {
        context.report(value, 'nested', { name, key, type: value.isMapping ? 'mapping' : 'list' });
      } else if (value.number !== undefined || value.boolean !== undefined) {
        const type = value.number === undefined ? 'boolean' : 'number';
        context.report(value, 'unquoted', { name, key, type, remedy: quotingRemedy(value, key) });
      }
    }
  },
});
