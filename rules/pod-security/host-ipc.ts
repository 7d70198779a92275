import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid Pods that share the shared memory of their node',
    why: 'It then reads and writes what other programs exchange through shared memory, semaphores and message queues.',
    help: 'Remove hostIPC: true.',
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    covers: [
      'kube-linter/host-ipc',
      'polaris/hostIPCSet',
      'trivy/KSV-0008',
      'checkov/CKV_K8S_18',
      'pod-security/hostNamespaces',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      shared: '{{pod}} uses the shared memory of its node: it has hostIPC: true.',
    },
  },
  check({ resource, podSpec }, { report }) {
    const place = podSpec.at('hostIPC');
    if (place.boolean === true) report(place, 'shared', { pod: podName(resource) });
  },
});
