import { budgetsOf, isScalingKind, replicasOf } from '../../src/bundle/scaling.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require every workload of several Pods to have a PodDisruptionBudget',
    why: 'Without a budget a drain may evict all Pods of a workload at the same time, however many there are.',
    help: 'Add a PodDisruptionBudget whose selector matches the labels of the Pods, with maxUnavailable: 1.',
    references: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
    covers: [
      'kube-score/deployment-has-poddisruptionbudget',
      'kube-score/statefulset-has-poddisruptionbudget',
      'polaris/missingPodDisruptionBudget',
    ],
    severity: 'info',
    recommended: false,
    messages: {
      missing: '{{workload}} has no PodDisruptionBudget.',
    },
    options: {
      type: 'object',
      properties: {
        kinds: {
          type: 'array',
          items: { type: 'string' },
          default: ['Deployment', 'StatefulSet'],
          description: 'Kinds that need one.',
        },
        minReplicas: {
          type: 'integer',
          minimum: 0,
          default: 2,
          description: 'Workloads with fewer replicas than this need none; those that do not say how many need one.',
        },
      },
    },
  },
  reads: isScalingKind,
  isSubject: (workload, { kinds }) => kinds.includes(workload.resource.kind),
  check(workload, { bundle, options, report }) {
    const { resource } = workload;
    const replicas = replicasOf(workload);
    if (replicas.number !== undefined && replicas.number < options.minReplicas) return;
    if (replicas.exists && !replicas.isNull && replicas.number === undefined) return;
    if (budgetsOf(workload, bundle).length > 0 || bundle.mayHold('PodDisruptionBudget')) return;
    report(resource.cursor.at('metadata', 'name'), 'missing', { workload: `${resource.kind} ${resource.name}` });
  },
});
