import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require a chart to name its maintainers',
    why: 'Whoever finds a fault in a chart needs to know whom to tell. A deprecated chart has nobody to tell, so it must name none.',
    help: {
      missing: 'Add maintainers to Chart.yaml: a list of names, with an email or url.',
      deprecated: 'Remove maintainers, or deprecated.',
    },
    references: ['https://helm.sh/docs/topics/charts/#the-chartyaml-file', 'https://github.com/helm/chart-testing'],
    covers: ['chart-testing/validate-maintainers'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'Chart.yaml has no maintainers.',
      deprecated: 'Chart.yaml is of a deprecated chart, and has maintainers.',
    },
  },
  check({ manifest }, { report }) {
    const place = manifest.at('maintainers');
    const isDeprecated = manifest.at('deprecated').boolean === true;
    const has = place.items().length > 0;
    if (isDeprecated && has) report(place, 'deprecated');
    else if (!isDeprecated && !has) report(place.exists ? place : manifest.at('name'), 'missing');
  },
});
