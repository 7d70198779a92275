import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Disallow helm.sh/resource-policy on items of a List',
    why: 'Helm looks for the annotation on whole documents: it does not see that of an item of a List, and deletes the object with the release.',
    help: 'Write the object as a document of its own.',
    references: ['https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource'],
    covers: ['helm-lint/list-resource-policy'],
    severity: 'warning',
    recommended: true,
    messages: {
      ignored: '{{kind}} {{name}} is an item of a List: Helm ignores its annotation helm.sh/resource-policy.',
    },
  },
  check({ cursor, kind, name }, { report }) {
    const place = cursor.at('metadata', 'annotations', 'helm.sh/resource-policy');
    // An item of a List stands inside of the document's root.
    if (place.exists && cursor.node !== cursor.document.root) report(place.onKey, 'ignored', { kind, name });
  },
});
