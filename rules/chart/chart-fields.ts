import { nearMiss } from '../../src/text/near-miss.ts';
import { defineRule } from '../../src/rule/rule.ts';

/** Helm documentation, "The Chart.yaml File". */
const FIELDS = [
  'apiVersion',
  'name',
  'version',
  'kubeVersion',
  'description',
  'type',
  'keywords',
  'home',
  'sources',
  'dependencies',
  'maintainers',
  'icon',
  'appVersion',
  'deprecated',
  'annotations',
  'condition',
  'tags',
];
const DEPENDENCY_FIELDS = ['name', 'version', 'repository', 'condition', 'tags', 'enabled', 'import-values', 'alias'];

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require Chart.yaml to have only fields that Helm knows',
    why: 'Helm passes over a field that it does not know, without a word: what it was meant to do does not happen.',
    help: {
      misspelt: 'Rename {{field}} to {{suggestion}}.',
      unknown: 'Remove {{field}}, or move it below annotations.',
    },
    references: ['https://helm.sh/docs/topics/charts/#the-chartyaml-file'],
    covers: ['helm-lint/chart-unknown-fields'],
    severity: 'warning',
    recommended: false,
    messages: {
      misspelt: 'Chart.yaml has the field {{field}}, which Helm does not know (did you mean {{suggestion}}?).',
      unknown: 'Chart.yaml has the field {{field}}, which Helm does not know.',
    },
  },
  check({ manifest }, { report }) {
    const places = [
      { holder: manifest, known: FIELDS },
      ...manifest
        .at('maintainers')
        .items()
        .map((holder) => ({ holder, known: ['name', 'email', 'url'] })),
      ...manifest
        .at('dependencies')
        .items()
        .map((holder) => ({ holder, known: DEPENDENCY_FIELDS })),
    ];
    for (const { holder, known } of places) {
      for (const [field, place] of holder.entries()) {
        if (known.includes(field)) continue;
        const suggestion = nearMiss(field, known);
        if (suggestion === undefined) report(place.onKey, 'unknown', { field });
        else report(place.onKey, 'misspelt', { field, suggestion });
      }
    }
  },
});
