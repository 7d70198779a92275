import { matchesAnyGlob } from '../../src/text/glob.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === '' && kind === 'Service',
  meta: {
    summary: 'Disallow external addresses of Services',
    why: 'Whoever may write a Service draws the traffic for any address to it with externalIPs, that of other programs included (CVE-2020-8554).',
    help: 'Remove externalIPs, or let the policy allow the address.',
    references: ['https://kubernetes.io/docs/concepts/services-networking/service/#external-ips'],
    covers: ['trivy/KSV-0108'],
    severity: 'warning',
    recommended: false,
    messages: {
      forbidden: 'Service {{name}} takes the traffic for {{address}} (externalIPs).',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Addresses that Services may have, as globs.',
        },
      },
    },
  },
  check({ cursor, name }, { options, report }) {
    for (const place of cursor.at('spec', 'externalIPs').items()) {
      const address = place.text ?? '';
      if (!matchesAnyGlob(address, options.allow)) report(place, 'forbidden', { name, address });
    }
  },
});
