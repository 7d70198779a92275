import { podName } from '../../src/bundle/workload.ts';
import { enumerate } from '../../src/text/enumerate.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require the priority class of a Pod to be one of a list',
    why: 'A Pod with a priority that nobody has agreed on pushes others off their nodes.',
    help: {
      notAccepted: 'Change priorityClassName to {{expected}}, or remove it.',
    },
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/'],
    covers: ['kube-linter/priority-class-name'],
    severity: 'warning',
    recommended: false,
    messages: {
      notAccepted: '{{pod}} has the priorityClassName {{found}}, which is not accepted.',
    },
    options: {
      type: 'object',
      properties: {
        accepted: {
          type: 'array',
          items: { type: 'string' },
          minItems: 1,
          default: ['system-cluster-critical', 'system-node-critical'],
          description: 'Priority classes that a Pod may have, as globs.',
        },
      },
    },
  },
  check({ resource, podSpec }, { options, report }) {
    const place = podSpec.at('priorityClassName');
    const found = place.string?.trim() ?? '';
    if (found === '' || matchesAnyGlob(found, options.accepted)) return;
    report(place, 'notAccepted', { pod: podName(resource), found, expected: enumerate(options.accepted, 'or') });
  },
});
