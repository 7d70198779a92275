import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require fields of Chart.yaml',
    why: 'What a chart is for, where it comes from and what it contains is asked by everybody who finds it in a catalogue.',
    help: 'Add {{field}} to Chart.yaml.',
    references: ['https://helm.sh/docs/topics/charts/#the-chartyaml-file', 'https://github.com/helm/chart-testing'],
    covers: ['chart-testing/validate-chart-schema'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'Chart.yaml has no {{field}}.',
    },
    options: {
      type: 'object',
      properties: {
        fields: {
          type: 'array',
          items: { type: 'string' },
          default: ['apiVersion', 'name', 'version'],
          description: 'Fields that must be there, and not empty.',
        },
      },
    },
  },
  check({ manifest }, { options, report }) {
    for (const field of options.fields) {
      const place = manifest.at(field);
      if (!place.exists || place.isNull || place.string === '')
        report(place.exists ? place : manifest.at('name'), 'missing', { field });
    }
    for (const dependency of manifest.at('dependencies').items()) {
      const place = dependency.at('version');
      if (dependency.isMapping && (!place.exists || place.text === ''))
        report(place, 'missing', { field: 'version of a dependency' });
    }
  },
});
