import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require every Pod to say on which nodes it runs',
    why: 'Without node affinity the scheduler takes any node that has room: one with another architecture, without the right disks, or reserved for something else.',
    help: 'Add affinity.nodeAffinity to the Pod.',
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/'],
    covers: ['kube-linter/no-node-affinity'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: '{{pod}} has no affinity.nodeAffinity.',
    },
  },
  check({ resource, podSpec }, { report }) {
    const place = podSpec.at('affinity', 'nodeAffinity');
    if (!place.exists || place.isNull) report(place, 'missing', { pod: podName(resource) });
  },
});
