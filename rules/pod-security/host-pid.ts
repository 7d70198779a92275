import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid Pods that share the processes of their node',
    why: 'It then reads the environment and the command lines of all other programs, and may end or trace them.',
    help: 'Remove hostPID: true.',
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    covers: [
      'kube-linter/host-pid',
      'polaris/hostPIDSet',
      'trivy/KSV-0010',
      'checkov/CKV_K8S_17',
      'pod-security/hostNamespaces',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      shared: '{{pod}} sees the processes of its node: it has hostPID: true.',
    },
  },
  check({ resource, podSpec }, { report }) {
    const place = podSpec.at('hostPID');
    if (place.boolean === true) report(place, 'shared', { pod: podName(resource) });
  },
});
