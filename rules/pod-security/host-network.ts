import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid Pods that share the network of their node',
    why: 'It then sees the traffic of the node and of other Pods, reaches services that listen on localhost, and no NetworkPolicy applies to it.',
    help: 'Remove hostNetwork: true.',
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    covers: [
      'kube-linter/host-network',
      'polaris/hostNetworkSet',
      'trivy/KSV-0009',
      'checkov/CKV_K8S_19',
      'pod-security/hostNamespaces',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      shared: '{{pod}} uses the network of its node: it has hostNetwork: true.',
    },
  },
  check({ resource, podSpec }, { report }) {
    const place = podSpec.at('hostNetwork');
    if (place.boolean === true) report(place, 'shared', { pod: podName(resource) });
  },
});
