import { runsWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to rule out privilege escalation',
    why:
      'Without allowPrivilegeEscalation: false a program gets more rights than it was started with by running a setuid file such as su or ping. ' +
      'The default is true. A Pod has no such field: what stands in its securityContext is not read. Pods with os.name: windows pass, since Kubernetes 1.25.',
    help: 'Write allowPrivilegeEscalation: false into the securityContext of container {{container}}.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    ],
    covers: [
      'polaris/privilegeEscalationAllowed',
      'trivy/KSV-0001',
      'checkov/CKV_K8S_20',
      'pod-security/allowPrivilegeEscalation',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'Container {{container}} may gain privileges: it has no allowPrivilegeEscalation: false.',
      allowed: 'Container {{container}} may gain privileges: it has allowPrivilegeEscalation: true.',
    },
  },
  check(container, { bundle, report }) {
    if (bundle.kubeMinor >= 25 && runsWindows(container.workload)) return;
    const place = securityContextOf(container).at('allowPrivilegeEscalation');
    if (place.boolean === false) return;
    report(place, place.boolean === true ? 'allowed' : 'missing', { container: container.name });
  },
});
