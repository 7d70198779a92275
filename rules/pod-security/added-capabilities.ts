import { capabilitiesOf } from '../../src/bundle/capabilities.ts';
import { runsWindows } from '../../src/bundle/security-context.ts';
import { BASELINE_CAPABILITIES } from '../../src/kube/capabilities.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Forbid capabilities that are not on a list',
    why:
      'Every capability is a part of what root may do. By default the list is that of the Baseline standard. ' +
      'Names are compared as Pod Security admission does: CAP_CHOWN and chown are not on the list.',
    help: 'Remove {{capability}} from capabilities.add; allowed {{allowed}}.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
    ],
    covers: ['trivy/KSV-0106', 'pod-security/capabilities_baseline', 'pod-security/capabilities_restricted'],
    severity: 'error',
    recommended: false,
    messages: {
      added: 'Container {{container}} adds the capability {{capability}}, which is not allowed.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: BASELINE_CAPABILITIES,
          description: 'Capabilities that a container may add, as they must be written.',
        },
        windows: {
          type: 'boolean',
          default: true,
          description:
            'Whether Pods with os.name: windows are looked at, where a capability has no meaning. The Restricted standard leaves them out since Kubernetes 1.25.',
        },
      },
    },
  },
  check(container, { bundle, options, report }) {
    if (!options.windows && bundle.kubeMinor >= 25 && runsWindows(container.workload)) return;
    const { allow } = options;
    const allowed = allow.length === 0 ? 'is none' : `${allow.length === 1 ? 'is' : 'are'} ${enumerate(allow)}`;
    for (const { cursor, written } of capabilitiesOf(container, 'add')) {
      if (allow.includes(written)) continue;
      report(cursor, 'added', { container: container.name, capability: written, allowed });
    }
  },
});
