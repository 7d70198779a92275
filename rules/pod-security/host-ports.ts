import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Forbid containers that listen on a port of their node',
    why:
      'A hostPort is open on every node that runs the Pod, past Services and, with many network plugins, past NetworkPolicies; and no second Pod with the same port fits onto that node. ' +
      'A hostPort of 0 is none.',
    help: 'Remove hostPort: {{port}}, and reach the Pod through a Service.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/concepts/services-networking/service/',
    ],
    covers: ['polaris/hostPortSet', 'trivy/KSV-0024', 'checkov/CKV_K8S_26', 'pod-security/hostPorts'],
    severity: 'warning',
    recommended: false,
    messages: {
      hostPort: 'Container {{container}} listens on port {{port}} of its node.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'integer' },
          default: [],
          description: 'Ports of the node that containers may listen on.',
        },
      },
    },
  },
  check({ cursor, name }, { options, report }) {
    for (const item of cursor.at('ports').items()) {
      const place = item.at('hostPort');
      const port = place.number ?? 0;
      if (port === 0 || options.allow.includes(port)) continue;
      report(place, 'hostPort', { container: name, port });
    }
  },
});
