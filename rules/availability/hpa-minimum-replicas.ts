import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === 'autoscaling' && kind === 'HorizontalPodAutoscaler',
  meta: {
    summary: 'Require every HorizontalPodAutoscaler to leave a minimum number of Pods',
    why: 'When the load is low the autoscaler goes down to minReplicas, 1 by default: then the workload is away whenever its one Pod moves.',
    help: 'Change minReplicas to {{min}} or more.',
    references: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
    covers: [
      'kube-linter/hpa-minimum-three-replicas',
      'kube-score/horizontalpodautoscaler-replicas',
      'polaris/hpaMinAvailability',
    ],
    severity: 'info',
    recommended: false,
    messages: {
      tooFew: 'HorizontalPodAutoscaler {{name}} has {{found}}; expected at least {{min}}.',
    },
    options: {
      type: 'object',
      properties: {
        min: { type: 'integer', minimum: 1, default: 2, description: 'The fewest Pods.' },
      },
    },
  },
  check({ cursor, name }, { options, report }) {
    const place = cursor.at('spec', 'minReplicas');
    if (place.exists && !place.isNull && place.number === undefined) return;
    if ((place.number ?? 1) >= options.min) return;
    const found = place.number === undefined ? 'no minReplicas, which is 1' : `minReplicas: ${place.number}`;
    report(place, 'tooFew', { name, found, min: options.min });
  },
});
