import { capabilitiesOf } from '../../src/bundle/capabilities.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Forbid containers that add capabilities',
    why: 'Most programs need none of the capabilities that containers have by default, and none beyond them.',
    help: 'Remove {{capabilities}} from capabilities.add.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
    ],
    covers: ['trivy/KSV-0022', 'checkov/CKV_K8S_25'],
    severity: 'info',
    recommended: false,
    messages: {
      added: 'Container {{container}} adds {{capabilities}} to its capabilities.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Capabilities that a container may add, in capital letters and without CAP_.',
        },
      },
    },
  },
  check(container, { options, report }) {
    const added = capabilitiesOf(container, 'add').filter(({ name }) => !options.allow.includes(name));
    const [first] = added;
    if (first === undefined) return;
    const capabilities = enumerate(added.map(({ written }) => written));
    report(first.cursor, 'added', { container: container.name, capabilities });
  },
});
