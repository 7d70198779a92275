import { effectiveField, hasUserNamespace, runsWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to run as a user with a high number',
    why: 'A process that leaves its container is the user of that number on the node: low numbers belong to people and programs there.',
    help: 'Change runAsUser to {{min}} or more.',
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    covers: ['kube-score/container-security-context-user-group-id', 'checkov/CKV_K8S_40', 'trivy/KSV-0020'],
    severity: 'info',
    recommended: false,
    messages: {
      low: 'Container {{container}} runs as user {{found}}; expected {{min}} or more.',
      missing: 'Container {{container}} has no runAsUser: the image decides as which user it runs.',
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
    const place = effectiveField(container, 'runAsUser');
    const data = { container: container.name, min: options.min };
    if (place === undefined) report(securityContextOf(container).at('runAsUser'), 'missing', data);
    else if (place.number !== undefined && place.number < options.min)
      report(place, 'low', { ...data, found: place.number });
  },
});
