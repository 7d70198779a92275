import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === '' && kind === 'ServiceAccount',
  meta: {
    summary: 'Require the service account default to have no token',
    why: 'Every Pod that names no service account gets the token of `default`, whether it needs it or not.',
    help: 'Add automountServiceAccountToken: false to the ServiceAccount.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
    ],
    covers: ['checkov/CKV_K8S_41'],
    severity: 'info',
    recommended: false,
    messages: {
      mounted: 'Pods that use the ServiceAccount default get its token.',
    },
  },
  check({ cursor, name }, { report }) {
    const place = cursor.at('automountServiceAccountToken');
    if (name === 'default' && place.boolean !== false) report(place, 'mounted');
  },
});
