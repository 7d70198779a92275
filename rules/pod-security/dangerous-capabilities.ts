import { capabilitiesOf } from '../../src/bundle/capabilities.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Forbid capabilities that open the node or its network',
    why:
      'SYS_ADMIN and SYS_MODULE are as good as root on the node, NET_ADMIN changes its network, and NET_RAW forges packets of other Pods. ' +
      'Names are compared as container runtimes do: in any case, with or without CAP_.',
    help: 'Remove {{capability}} from capabilities.add.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
      'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    ],
    covers: [
      'kube-linter/verify-container-capabilities',
      'polaris/dangerousCapabilities',
      'trivy/KSV-0005',
      'trivy/KSV-0119',
      'trivy/KSV-0120',
      'checkov/CKV_K8S_39',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      dangerous: 'Container {{container}} adds the capability {{capability}}.',
    },
    options: {
      type: 'object',
      properties: {
        capabilities: {
          type: 'array',
          items: { type: 'string' },
          default: ['ALL', 'NET_ADMIN', 'NET_RAW', 'SYS_ADMIN', 'SYS_MODULE'],
          description: 'Capabilities that no container may add, in capital letters and without CAP_.',
        },
      },
    },
  },
  check(container, { options, report }) {
    for (const { cursor, written, name } of capabilitiesOf(container, 'add')) {
      if (!options.capabilities.includes(name)) continue;
      report(cursor, 'dangerous', { container: container.name, capability: written });
    }
  },
});
