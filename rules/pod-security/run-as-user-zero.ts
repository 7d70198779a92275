import { allSecurityContexts, hasUserNamespace } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid runAsUser: 0',
    why:
      'User 0 is root: the program runs as root whatever its image says. A runAsUser: 0 of the Pod counts even where every container overrides it, as with Pod Security admission. ' +
      'Since Kubernetes 1.35 Pods with hostUsers: false pass: their root is not the root of the node.',
    help: 'Remove runAsUser: 0, or use the user that owns the files of the image.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    ],
    covers: ['trivy/KSV-0105', 'pod-security/runAsUser'],
    severity: 'error',
    recommended: false,
    messages: {
      root: '{{holder}} has runAsUser: 0, which is root.',
    },
    yieldsTo: ['run-as-root-conflict'],
  },
  check(workload, { bundle, report }) {
    if (bundle.kubeMinor >= 35 && hasUserNamespace(workload)) return;
    for (const { holder, cursor } of allSecurityContexts(workload)) {
      const place = cursor.at('runAsUser');
      if (place.number === 0) report(place, 'root', { holder });
    }
  },
});
