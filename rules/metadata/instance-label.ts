import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Require the label app.kubernetes.io/instance to be the name of the object',
    why: 'Some tools find the objects of a program by this label alone. Charts write the name of the release there, so most charts do not hold this.',
    help: 'Change app.kubernetes.io/instance to {{name}}.',
    references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/'],
    covers: ['polaris/metadataAndInstanceMismatched'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: '{{kind}} {{name}} has no label app.kubernetes.io/instance.',
      other: '{{kind}} {{name}} has the label app.kubernetes.io/instance: {{found}}.',
    },
  },
  check({ cursor, kind, name }, { report }) {
    const place = cursor.at('metadata', 'labels', 'app.kubernetes.io/instance');
    if (!place.exists || place.isNull) report(place, 'missing', { kind, name });
    else if (place.text !== name)
      report(place, 'other', { kind, name, found: place.text ?? '' }, { from: [cursor.at('metadata', 'name')] });
  },
});
