import { declaredPorts, probePorts } from '../../src/bundle/ports.ts';
import { enumerate } from '../../src/text/enumerate.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require probes to ask ports that the container lists',
    why: 'A probe of a port name that the container does not have fails for ever; one of a number that nobody listed is most often a port that was changed in one place alone.',
    help: {
      name: 'Change the port to one that the container lists{{known}}, or add it to ports.',
      number:
        'Add containerPort: {{port}} to the ports of container {{container}}, or change the port of the probe{{known}}.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
    ],
    covers: ['kube-linter/liveness-port', 'kube-linter/readiness-port', 'kube-linter/startup-port'],
    severity: 'warning',
    recommended: true,
    messages: {
      name: 'The {{field}} of container {{container}} asks port {{port}}, but no TCP port of the container has that name.',
      number:
        'The {{field}} of container {{container}} asks port {{port}}, which is not among the TCP ports of the container.',
    },
    yieldsTo: ['port-agreement'],
    options: {
      type: 'object',
      properties: {
        namedOnly: {
          type: 'boolean',
          default: false,
          description: 'Look only at ports that are given by name: a number works even if it is not listed.',
        },
      },
    },
  },
  isSubject: ({ type }) => type === 'container' || type === 'sidecar',
  check(container, { options, report }) {
    const declared = declaredPorts(container);
    const numbers = enumerate(
      declared.map(({ number }) => String(number)),
      'or',
    );
    const names = enumerate(
      declared.flatMap(({ name }) => name ?? []),
      'or',
    );
    for (const { place, field, name, number } of probePorts(container)) {
      const data = { container: container.name, field };
      if (name !== undefined) {
        if (!declared.some((port) => port.name === name))
          report(place, 'name', { ...data, port: name, known: names && ` (${names})` });
      } else if (number !== undefined && !options.namedOnly && !declared.some((port) => port.number === number)) {
        report(place, 'number', { ...data, port: number, known: numbers && ` to ${numbers}` });
      }
    }
  },
});
