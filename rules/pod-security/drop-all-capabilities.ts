import { capabilitiesOf } from '../../src/bundle/capabilities.ts';
import { runsWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import { DEFAULT_CAPABILITIES } from '../../src/kube/capabilities.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to drop all capabilities',
    why:
      'A container has some of the rights of root by default: it may change owners of files, bind any port, forge packets. Few programs need them. ' +
      'By default the name counts in any case, and a container that drops each of the default capabilities by its name passes, as with Polaris; the Restricted standard asks for ALL itself (`exact`). ' +
      'Pods with os.name: windows pass, since Kubernetes 1.25.',
    help: 'Write capabilities: { drop: [ALL] } into the securityContext of container {{container}}.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
    ],
    covers: [
      'polaris/insecureCapabilities',
      'trivy/KSV-0003',
      'trivy/KSV-0106',
      'checkov/CKV_K8S_37',
      'pod-security/capabilities_restricted',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      kept: 'Container {{container}} does not drop ALL capabilities.',
    },
    options: {
      type: 'object',
      properties: {
        exact: {
          type: 'boolean',
          default: false,
          description: 'Whether only ALL counts, in capital letters, as for Pod Security admission.',
        },
      },
    },
  },
  check(container, { bundle, options, report }) {
    if (bundle.kubeMinor >= 25 && runsWindows(container.workload)) return;
    const dropped = capabilitiesOf(container, 'drop');
    if (dropped.some(({ written }) => written === 'ALL')) return;
    if (!options.exact) {
      const names = new Set(dropped.map(({ name }) => name));
      if (names.has('ALL') || DEFAULT_CAPABILITIES.every((name) => names.has(name))) return;
    }
    report(securityContextOf(container).at('capabilities', 'drop'), 'kept', { container: container.name });
  },
});
