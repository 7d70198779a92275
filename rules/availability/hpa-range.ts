import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === 'autoscaling' && kind === 'HorizontalPodAutoscaler',
  meta: {
    summary: 'Require every HorizontalPodAutoscaler to have room to scale',
    why: 'An autoscaler whose minReplicas and maxReplicas are the same changes nothing, however high the load is.',
    help: 'Raise maxReplicas above {{min}}, or remove the HorizontalPodAutoscaler and set replicas of the workload.',
    references: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
    covers: ['polaris/hpaMaxAvailability'],
    severity: 'warning',
    recommended: false,
    messages: {
      fixed: 'HorizontalPodAutoscaler {{name}} has minReplicas: {{min}} and maxReplicas: {{max}}: it cannot scale.',
    },
    yieldsTo: ['schema-valid'],
  },
  check({ cursor, name }, { report }) {
    const min = cursor.at('spec', 'minReplicas');
    const max = cursor.at('spec', 'maxReplicas');
    if (min.number === undefined || max.number === undefined || max.number > min.number) return;
    report(max, 'fixed', { name, min: min.number, max: max.number }, { from: [min] });
  },
});
