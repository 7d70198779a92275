import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require appVersion to be a text',
    why: 'Without quotes YAML reads 1.10 as the number 1.1 and 1e3 as 1000: the image tag that is made from it is another one.',
    help: 'Quote it: appVersion: "{{found}}".',
    references: ['https://helm.sh/docs/topics/charts/#the-appversion-field'],
    covers: ['helm-lint/chart-app-version-type'],
    severity: 'error',
    recommended: true,
    messages: {
      number: 'The appVersion of the chart is the {{type}} {{found}}; expected a text.',
    },
  },
  check({ manifest }, { report }) {
    const place = manifest.at('appVersion');
    if (!place.exists || place.isNull || place.string !== undefined || place.text === undefined) return;
    report(place, 'number', { found: place.text, type: place.boolean === undefined ? 'number' : 'boolean' });
  },
});
