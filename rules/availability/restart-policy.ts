import { podName } from '../../src/bundle/workload.ts';
import { enumerate } from '../../src/text/enumerate.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require Pods to be restarted when they fail',
    why: 'A Pod with restartPolicy: Never stays as it failed until somebody looks.',
    help: 'Change restartPolicy to {{expected}}, or remove it.',
    references: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy'],
    covers: ['kube-linter/restart-policy'],
    severity: 'info',
    recommended: false,
    messages: {
      other: '{{pod}} has restartPolicy: {{found}}; expected {{expected}}.',
    },
    options: {
      type: 'object',
      properties: {
        accepted: {
          type: 'array',
          items: { type: 'string', enum: ['Always', 'OnFailure', 'Never'] },
          default: ['Always', 'OnFailure'],
          description: 'Policies that a Pod may have.',
        },
      },
    },
  },
  check({ resource, podSpec }, { options, report }) {
    const place = podSpec.at('restartPolicy');
    const found = place.string ?? '';
    if (found === '' || options.accepted.some((policy) => policy === found)) return;
    report(place, 'other', { pod: podName(resource), found, expected: enumerate(options.accepted, 'or') });
  },
});
