import { isLongRunning, podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require every Pod that keeps running to be spread over the cluster',
    why: 'Without topologySpreadConstraints all Pods of a workload may end up on one node or in one zone, and fail together with it.',
    help: 'Add topologySpreadConstraints to the Pod, with a labelSelector that matches its labels.',
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],
    covers: ['polaris/topologySpreadConstraint'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: '{{pod}} has no topologySpreadConstraints.',
    },
  },
  isSubject: isLongRunning,
  check({ resource, podSpec }, { report }) {
    const place = podSpec.at('topologySpreadConstraints');
    if (!place.exists || place.isNull || (place.isSequence && place.items().length === 0))
      report(place, 'missing', { pod: podName(resource) });
  },
});
