import { isBudgetKind } from '../../src/bundle/scaling.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: isBudgetKind,
  meta: {
    summary: 'Require every PodDisruptionBudget to set a limit',
    why: 'A PodDisruptionBudget with neither minAvailable nor maxUnavailable protects nothing that anybody has decided.',
    help: 'Add maxUnavailable: 1 to the spec, or minAvailable.',
    references: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
    covers: ['kube-score/poddisruptionbudget-has-policy'],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'PodDisruptionBudget {{name}} has neither minAvailable nor maxUnavailable.',
    },
  },
  check({ cursor, name }, { report }) {
    const spec = cursor.at('spec');
    const isSet = (field: string): boolean => spec.at(field).exists && !spec.at(field).isNull;
    if (!isSet('minAvailable') && !isSet('maxUnavailable')) report(spec.onKey, 'missing', { name });
  },
});
