import { isLongRunning } from '../../src/bundle/workload.ts';
import { isSet, PROBE_FIELDS, PROBE_NAMES, probeOf } from '../../src/kube/probe.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require every container that keeps running to have its probes',
    why:
      'Without a startup probe a slow bootstrap is killed or gets traffic too early, without a liveness probe a hung ' +
      'process stays, and without a readiness probe a Pod gets traffic that it cannot serve.',
    help: 'Add a {{field}} to container {{container}}.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      missing: 'Container {{container}} has no {{field}}.',
    },
    options: {
      type: 'object',
      properties: {
        probes: {
          type: 'array',
          items: { type: 'string', enum: PROBE_NAMES },
          default: PROBE_NAMES,
          description: 'The probes that a container needs.',
        },
        sidecars: {
          type: 'boolean',
          default: false,
          description: 'Whether sidecars (init containers that keep running) need them as well.',
        },
      },
    },
  },
  isSubject({ type, workload }, { sidecars }) {
    return isLongRunning(workload) && (type === 'container' || (sidecars && type === 'sidecar'));
  },
  check({ cursor, name }, { options, report }) {
    for (const probe of options.probes) {
      const place = probeOf(cursor, probe);
      if (!isSet(place)) report(place, 'missing', { container: name, field: PROBE_FIELDS[probe] });
    }
  },
});
