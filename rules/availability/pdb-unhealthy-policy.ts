import { isBudgetKind } from '../../src/bundle/scaling.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: isBudgetKind,
  meta: {
    summary: 'Require every PodDisruptionBudget to say whether Pods that are not ready may be evicted',
    why: 'By default a Pod that is not ready is kept while the budget is not met: a program that crashes again and again blocks the drain of its node.',
    help: 'Add unhealthyPodEvictionPolicy: AlwaysAllow to the spec.',
    references: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy'],
    covers: ['kube-linter/pdb-unhealthy-pod-eviction-policy'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'PodDisruptionBudget {{name}} has no unhealthyPodEvictionPolicy.',
    },
  },
  check({ cursor, name }, { report }) {
    const place = cursor.at('spec', 'unhealthyPodEvictionPolicy');
    if (!place.exists || place.isNull || place.string === '') report(place, 'missing', { name });
  },
});
