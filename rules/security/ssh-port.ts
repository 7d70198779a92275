import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Disallow the port of SSH',
    why: 'A container with an SSH server has accounts and keys that nobody manages: `kubectl exec` does the same with the rights of the cluster.',
    help: 'Remove the port, and the SSH server from the image.',
    references: ['https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/'],
    covers: ['kube-linter/ssh-port'],
    severity: 'warning',
    recommended: false,
    messages: {
      open: 'Container {{container}} opens port {{port}}, that of SSH.',
    },
    options: {
      type: 'object',
      properties: {
        port: { type: 'integer', minimum: 1, default: 22, description: 'The port.' },
      },
    },
  },
  check({ cursor, name }, { options, report }) {
    for (const item of cursor.at('ports').items()) {
      const place = item.at('containerPort');
      const protocol = item.at('protocol').string || 'TCP';
      if (place.number === options.port && protocol === 'TCP')
        report(place, 'open', { container: name, port: options.port });
    }
  },
});
