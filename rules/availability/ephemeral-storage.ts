import { enumerate } from '../../src/text/enumerate.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to ask for ephemeral storage, and to have a limit',
    why: 'Logs, the writable layer and emptyDir volumes fill the disk of the node: without a limit one container evicts its neighbours.',
    help: 'Add {{missing}} to the resources of container {{container}}.',
    references: [
      'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
    ],
    covers: ['kube-score/container-ephemeral-storage-request-and-limit'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'Container {{container}} has no {{missing}}.',
    },
  },
  isSubject: ({ type }) => type !== 'ephemeral',
  check({ cursor, name }, { report }) {
    const resources = cursor.at('resources');
    if (resources.exists && !resources.isMapping && !resources.isNull) return;
    const missing = ['requests', 'limits'].filter((field) => {
      const place = resources.at(field, 'ephemeral-storage');
      return !place.exists || place.isNull;
    });
    if (missing.length === 0) return;
    const names = missing.map((field) => `${field}.ephemeral-storage`);
    report(resources, 'missing', { container: name, missing: enumerate(names) });
  },
});
