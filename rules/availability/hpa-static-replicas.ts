import { isReplicated, isScalingKind, replicasOf, scalersOf } from '../../src/bundle/scaling.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Disallow replicas of a workload that a HorizontalPodAutoscaler scales',
    why: 'Each upgrade of the release sets the number of Pods back to `replicas`, however many the load needs at that moment.',
    help: 'Remove replicas from the template when the autoscaler is on.',
    references: [
      'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
    ],
    covers: ['kube-score/deployment-targeted-by-hpa-does-not-have-replicas-configured'],
    severity: 'warning',
    recommended: true,
    messages: {
      static: '{{workload}} has replicas: {{found}}, but {{scaler}} decides how many Pods there are.',
    },
  },
  reads: isScalingKind,
  isSubject: isReplicated,
  check(workload, { bundle, report }) {
    const place = replicasOf(workload);
    const [scaler] = scalersOf(workload, bundle);
    // Of 0 Pods an autoscaler is switched off.
    if (scaler === undefined || place.number === undefined || place.number === 0) return;
    const { kind, name } = workload.resource;
    const related = [
      { cursor: scaler.resource.cursor.at('spec', 'scaleTargetRef', 'name'), message: 'It is scaled here.' },
    ];
    const data = {
      workload: `${kind} ${name}`,
      found: place.number,
      scaler: `${scaler.resource.kind} ${scaler.resource.name}`,
    };
    report(place, 'static', data, { related });
  },
});
