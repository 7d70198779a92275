import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Disallow ports below 1024',
    why: 'A program that listens on a port below 1024 needs to run as root or to have the capability NET_BIND_SERVICE; the Service can have the low port.',
    help: 'Let the program listen on a port from 1024, and set targetPort of the Service to it.',
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    covers: ['kube-linter/privileged-ports', 'trivy/KSV-0117'],
    severity: 'info',
    recommended: false,
    messages: {
      low: 'Container {{container}} listens on port {{port}}.',
    },
  },
  check({ cursor, name }, { report }) {
    for (const item of cursor.at('ports').items()) {
      const place = item.at('containerPort');
      const port = place.number ?? 0;
      if (port > 0 && port < 1024) report(place, 'low', { container: name, port });
    }
  },
});
