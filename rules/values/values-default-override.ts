import { looksSecret } from '../../src/kube/secret-name.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Disallow defaults that replace a value of false or 0',
    why:
      'Helm has only one way to say that a value is not set: `default` and its like take false and 0 for that, as they ' +
      'take an empty string. Whoever switches a setting off in a values file finds it on in the cluster.',
    help:
      'Declare the default of {{key}} in values.yaml and print the value without {{function}}, or give the default only ' +
      'where hasKey says that the key is missing.',
    references: [
      'https://helm.sh/docs/chart_template_guide/function_list/#default',
      'https://helm.sh/docs/chart_template_guide/function_list/#coalesce',
    ],
    severity: 'warning',
    recommended: true,
    messages: {
      replaced: '{{key}} is set to {{value}}, but the result is {{result}}: {{function}} treats {{value}} as not set.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Paths of keys for which false or 0 means that they are not set, as globs.',
        },
      },
    },
  },
  isSubject({ environments }) {
    return environments.length > 0;
  },
  check({ usage }, context) {
    for (const { key, value, result, functionName, file, range } of usage.overrides()) {
      if (matchesAnyGlob(key.name, context.options.allow)) continue;
      const setHere = { cursor: Cursor.span(key.source, key.range), message: `The value ${value} is set here.` };
      context.report(
        Cursor.span(file.source, range),
        'replaced',
        {
          key: key.name,
          value: String(value),
          result: looksSecret(String(key.path.at(-1) ?? '')) ? 'another value' : (result ?? 'another value'),
          function: functionName,
        },
        // A flag is not a file to point into.
        { related: key.source.file.startsWith('--') ? [] : [setHere] },
      );
    }
  },
});
