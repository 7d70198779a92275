import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'document',
  meta: {
    summary: 'Require every key to stand once in its mapping',
    why:
      'Helm and kubectl take the last of two keys that are the same, and drop the first with everything below it, ' +
      'without a word. Other tools refuse the file. The keys on, y, yes and true are the same to both.',
    help: {
      repeated: 'Remove one of the two, or merge both into one key.',
      alike: 'Remove one of the two; quote a key that is meant as a word.',
      merged: 'Write "---" on a line of its own between the two objects.',
    },
    references: [
      'https://yaml.org/spec/1.2.2/#3213-node-comparison',
      'https://helm.sh/docs/chart_template_guide/yaml_techniques/',
    ],
    covers: ['chart-testing/key-duplicates', 'helm-lint/duplicate-yaml-keys'],
    severity: 'error',
    recommended: true,
    messages: {
      repeated: 'Key {{key}} is set twice in this mapping: the last one is used, and the first one is lost.',
      alike: 'Keys {{first}} and {{second}} are both read as {{key}}: the last one is used, and the first one is lost.',
      merged: 'There are two objects in one document: the last one is used, and the first one is lost.',
    },
  },
  check({ repeats }, { report }) {
    const ofObject = repeats.filter(({ isOfObject }) => isOfObject);
    const [start] = ofObject;
    // With no `---` between two objects, all that both say of themselves stands twice.
    const twice = new Set(ofObject.map(({ key }) => key));
    const areObjects = twice.has('kind') && (twice.has('apiVersion') || twice.has('metadata'));
    if (areObjects && start !== undefined) {
      report(start.second, 'merged', {}, { related: [{ cursor: start.first, message: 'The first object is here.' }] });
    }
    for (const repeat of repeats) {
      if (areObjects && repeat.isOfObject) continue;
      const { key, first, second, written } = repeat;
      const related = [{ cursor: first, message: 'The one that is lost is here.' }];
      if (repeat.isConverted) report(second, 'alike', { first: written[0], second: written[1], key }, { related });
      else report(second, 'repeated', { key }, { related });
    }
  },
});
