import { effectiveField, hasUserNamespace, runsWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to run as a group with a high number',
    why: 'A process that leaves its container is the group of that number on the node: low numbers belong to people and programs there.',
    help: 'Change runAsGroup to {{min}} or more.',
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    covers: ['trivy/KSV-0021'],
    severity: 'info',
    recommended: false,
    messages: {
      low: 'Container {{container}} runs as group {{found}}; expected {{min}} or more.',
      missing: 'Container {{container}} has no runAsGroup: the image decides as which group it runs.',
    },
    options: {
      type: 'object',
      properties: {
        min: { type: 'integer', minimum: 1, default: 10000, description: 'The lowest number.' },
      },
    },
  },
  isSubject: ({ workload }) => !runsWindows(workload) && !hasUserNamespace(workload),
  check(container, { options, report }) {
    const place = effectiveField(container, 'runAsGroup');
    const data = { container: container.name, min: options.min };
    if (place === undefined) report(securityContextOf(container).at('runAsGroup'), 'missing', data);
    else if (place.number !== undefined && place.number < options.min)
      report(place, 'low', { ...data, found: place.number });
  },
});
