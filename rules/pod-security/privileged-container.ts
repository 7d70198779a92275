import { securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Forbid privileged containers',
    why: 'A privileged container has all capabilities and all devices of its node: whoever breaks into it has the node, and with it all other Pods there.',
    help: 'Remove privileged: true, and add the capabilities that the program needs, if there are any.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    ],
    covers: [
      'kube-linter/privileged-container',
      'kube-score/container-security-context-privileged',
      'polaris/runAsPrivileged',
      'trivy/KSV-0017',
      'checkov/CKV_K8S_16',
      'pod-security/privileged',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      privileged: 'Container {{container}} is privileged.',
    },
  },
  check(container, { report }) {
    const place = securityContextOf(container).at('privileged');
    if (place.boolean === true) report(place, 'privileged', { container: container.name });
  },
});
