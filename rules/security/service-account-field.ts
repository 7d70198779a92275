import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Disallow the old name of serviceAccountName',
    why: 'The field `serviceAccount` is the old name of `serviceAccountName`. Where both are there and differ, the new one counts.',
    help: 'Rename serviceAccount to serviceAccountName.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
    ],
    covers: ['kube-linter/deprecated-service-account-field'],
    severity: 'warning',
    recommended: false,
    messages: {
      old: '{{pod}} names ServiceAccount {{account}} in serviceAccount, which is deprecated.',
    },
  },
  check({ resource, podSpec }, { report }) {
    const place = podSpec.at('serviceAccount');
    const account = place.string ?? '';
    if (account === '' || account === podSpec.at('serviceAccountName').string) return;
    report(place, 'old', { pod: podName(resource), account });
  },
});
