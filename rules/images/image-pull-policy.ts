import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Disallow image pull policies',
    why: 'With `Never` a Pod starts only on nodes that have the image already.',
    help: 'Change imagePullPolicy, or remove it.',
    references: ['https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy'],
    severity: 'warning',
    recommended: false,
    messages: {
      forbidden: 'Container {{container}} has imagePullPolicy: {{found}}.',
    },
    options: {
      type: 'object',
      properties: {
        policies: {
          type: 'array',
          items: { type: 'string', enum: ['Always', 'IfNotPresent', 'Never'] },
          default: ['Never'],
          description: 'Policies that no container may have.',
        },
      },
    },
  },
  check({ cursor, name }, { options, report }) {
    const place = cursor.at('imagePullPolicy');
    const found = options.policies.find((policy) => policy === place.string);
    if (found !== undefined) report(place, 'forbidden', { container: name, found });
  },
});
