import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require a chart to have an icon',
    why: 'Catalogues of charts show the icon; without one a chart looks unfinished.',
    help: 'Add icon: with the URL of a picture to Chart.yaml.',
    references: ['https://helm.sh/docs/topics/charts/#the-chartyaml-file'],
    covers: ['helm-lint/chart-icon-present'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'Chart.yaml has no icon.',
    },
  },
  check({ manifest }, { report }) {
    const place = manifest.at('icon');
    if (!place.text) report(place.exists ? place : manifest.at('name'), 'missing');
  },
});
