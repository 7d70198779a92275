import { hasUserNamespace, isGiven, securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Forbid containers that see all of /proc',
    why: 'Container runtimes hide the parts of /proc that tell about the node or change it. With procMount: Unmasked they are open.',
    help: 'Remove procMount, or change it to Default.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    ],
    covers: [
      'kube-linter/unsafe-proc-mount',
      'polaris/procMount',
      'trivy/KSV-0027',
      'pod-security/procMount',
      'pod-security/procMount_restricted',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      unmasked: 'Container {{container}} has procMount: {{found}}; expected Default.',
    },
    options: {
      type: 'object',
      properties: {
        userNamespaces: {
          type: 'boolean',
          default: true,
          description:
            'Whether Pods with hostUsers: false may do so. The Baseline standard allows it since Kubernetes 1.35, the Restricted standard never.',
        },
      },
    },
  },
  check(container, { bundle, options, report }) {
    const place = securityContextOf(container).at('procMount');
    if (!isGiven(place) || place.string === 'Default') return;
    if (options.userNamespaces && bundle.kubeMinor >= 35 && hasUserNamespace(container.workload)) return;
    report(place, 'unmasked', { container: container.name, found: place.text || '""' });
  },
});
