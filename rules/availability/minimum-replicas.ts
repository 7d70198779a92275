import { isReplicated, isScalingKind, replicasOf, scalersOf } from '../../src/bundle/scaling.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require a minimum number of replicas',
    why: 'A workload of one Pod is away whenever that Pod moves to another node or is updated.',
    help: 'Change spec.replicas to {{min}} or more, or add a HorizontalPodAutoscaler.',
    references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/'],
    covers: [
      'kube-linter/minimum-three-replicas',
      'kube-score/deployment-replicas',
      'polaris/deploymentMissingReplicas',
    ],
    severity: 'info',
    recommended: false,
    messages: {
      tooFew: '{{workload}} has {{found}}; expected at least {{min}}.',
    },
    options: {
      type: 'object',
      properties: {
        min: { type: 'integer', minimum: 1, default: 2, description: 'The fewest replicas.' },
        kinds: {
          type: 'array',
          items: { type: 'string' },
          default: ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'DeploymentConfig', 'Rollout'],
          description: 'Kinds that are looked at.',
        },
      },
    },
  },
  reads: isScalingKind,
  isSubject: (workload, { kinds }) => isReplicated(workload) && kinds.includes(workload.resource.kind),
  check(workload, { bundle, options, report }) {
    const replicas = replicasOf(workload);
    if (replicas.exists && !replicas.isNull && replicas.number === undefined) return;
    const found = replicas.number ?? 1;
    if (found >= options.min || scalersOf(workload, bundle).length > 0) return;
    if (bundle.mayHold('HorizontalPodAutoscaler')) return;
    const { kind, name } = workload.resource;
    const data = { workload: `${kind} ${name}`, min: options.min };
    report(replicas, 'tooFew', {
      ...data,
      found: replicas.number === undefined ? 'no replicas, which is 1' : `replicas: ${found}`,
    });
  },
});
