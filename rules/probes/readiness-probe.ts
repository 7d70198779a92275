import { servicesByWorkload } from '../../src/bundle/ports.ts';
import { isLongRunning } from '../../src/bundle/workload.ts';
import { isSet } from '../../src/kube/probe.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require a readiness probe of every container that keeps running',
    why: 'Without a readiness probe a Pod gets traffic as soon as it starts, and keeps it when it cannot serve it.',
    help: 'Add a readinessProbe to container {{container}}.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
    ],
    covers: [
      'kube-linter/no-readiness-probe',
      'kube-score/pod-probes',
      'polaris/readinessProbeMissing',
      'checkov/CKV_K8S_9',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'Container {{container}} has no readinessProbe.',
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
    const place = cursor.at('readinessProbe');
    if (isSet(place) || (options.behindService && !servicesByWorkload(bundle).has(workload))) return;
    report(place, 'missing', { container: name });
  },
});
