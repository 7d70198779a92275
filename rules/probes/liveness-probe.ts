import { servicesByWorkload } from '../../src/bundle/ports.ts';
import { isLongRunning } from '../../src/bundle/workload.ts';
import { isSet } from '../../src/kube/probe.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require a liveness probe of every container that keeps running',
    why: 'Without a liveness probe a process that hangs stays as it is until somebody looks.',
    help: 'Add a livenessProbe to container {{container}}.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
    ],
    covers: ['kube-linter/no-liveness-probe', 'polaris/livenessProbeMissing', 'checkov/CKV_K8S_8'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'Container {{container}} has no livenessProbe.',
    },
    yieldsTo: ['probe-required'],
    options: {
      type: 'object',
      properties: {
        behindService: {
          type: 'boolean',
          default: false,
          description: 'Look only at Pods that a Service of the input selects.',
        },
      },
    },
  },
  isSubject: ({ type, workload }) => type === 'container' && isLongRunning(workload),
  check({ cursor, name, workload }, { bundle, options, report }) {
    const place = cursor.at('livenessProbe');
    if (isSet(place) || (options.behindService && !servicesByWorkload(bundle).has(workload))) return;
    report(place, 'missing', { container: name });
  },
});
