import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === '' && kind === 'Service',
  meta: {
    summary: 'Disallow Services that open a port of the nodes or a load balancer',
    why: 'A Service of type NodePort is reachable on every node, past the Ingress with its TLS and its rules; a LoadBalancer is mostly reachable from everywhere, and costs money.',
    help: 'Change the type to ClusterIP, and lead traffic to it with an Ingress or a Gateway.',
    references: ['https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types'],
    covers: ['kube-linter/exposed-services', 'kube-score/service-type'],
    severity: 'info',
    recommended: false,
    messages: {
      forbidden: 'Service {{name}} has the type {{type}}.',
    },
    options: {
      type: 'object',
      properties: {
        types: {
          type: 'array',
          items: { type: 'string' },
          default: ['NodePort', 'LoadBalancer'],
          description: 'Types that no Service may have.',
        },
      },
    },
  },
  check({ cursor, name }, { options, report }) {
    const place = cursor.at('spec', 'type');
    const type = place.string ?? '';
    if (options.types.some((forbidden) => forbidden.toLowerCase() === type.toLowerCase())) {
      report(place, 'forbidden', { name, type });
    }
  },
});
