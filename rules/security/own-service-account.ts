import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require Pods to have a service account of their own',
    why: 'The service account `default` is shared by all Pods of the namespace that name none: a right that one of them needs is a right of all.',
    help: 'Make a ServiceAccount and name it in serviceAccountName, or add automountServiceAccountToken: false.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
    ],
    covers: ['kube-linter/default-service-account'],
    severity: 'info',
    recommended: false,
    messages: {
      default: '{{pod}} runs as the ServiceAccount default.',
    },
  },
  check({ resource, podSpec }, { report }) {
    if (podSpec.at('automountServiceAccountToken').boolean === false) return;
    const place = podSpec.at('serviceAccountName');
    const account = place.string || podSpec.at('serviceAccount').string || 'default';
    if (account === 'default') report(place, 'default', { pod: podName(resource) });
  },
});
