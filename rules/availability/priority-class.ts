import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require every Pod to have a priority class',
    why: 'When a node runs short, Pods of lower priority are evicted first, and Pods without a class have the lowest: an important program goes together with a batch job.',
    help: 'Add priorityClassName to the Pod.',
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/'],
    covers: ['polaris/priorityClassNotSet'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: '{{pod}} has no priorityClassName.',
    },
  },
  check({ resource, podSpec }, { report }) {
    const place = podSpec.at('priorityClassName');
    if (!place.exists || place.isNull || place.string === '') report(place, 'missing', { pod: podName(resource) });
  },
});
