import { budgetedBy, isBudgetKind, isScalingKind, replicasOf, scalersOf } from '../../src/bundle/scaling.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: isBudgetKind,
  reads: isScalingKind,
  meta: {
    summary: 'Disallow PodDisruptionBudgets that need more Pods than a HorizontalPodAutoscaler leaves',
    why: 'When the load is low the autoscaler goes down to its minimum; a budget that needs more Pods than that blocks every drain until the load returns.',
    help: {
      above: 'Change minAvailable to {{min}} or less, or raise minReplicas of {{scaler}}.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
      'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
    ],
    covers: ['polaris/pdbMinAvailableGreaterThanHPAMinReplicas'],
    severity: 'warning',
    recommended: false,
    messages: {
      above: 'PodDisruptionBudget {{name}} needs {{found}} Pods, but {{scaler}} goes down to {{min}}.',
    },
  },
  check(budget, { bundle, report }) {
    const least = budget.cursor.at('spec', 'minAvailable');
    const percent = /^(\d+)%$/.exec(least.string ?? '')?.[1];
    for (const workload of budgetedBy(budget, bundle)) {
      for (const { resource, min } of scalersOf(workload, bundle)) {
        if (min.number === undefined) continue;
        const replicas = replicasOf(workload).number;
        // A percentage is one of the Pods that the workload asks for.
        const ofReplicas =
          percent === undefined || replicas === undefined ? 0 : Math.ceil((Number(percent) * replicas) / 100);
        if ((least.number ?? ofReplicas) <= min.number) continue;
        const data = {
          name: budget.name,
          found: least.text ?? '',
          scaler: `${resource.kind} ${resource.name}`,
          min: min.number,
        };
        report(least, 'above', data, { from: [min], related: [{ cursor: min, message: 'The minimum is set here.' }] });
      }
    }
  },
});
