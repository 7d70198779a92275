import { isReplicated, replicasOf } from '../../src/bundle/scaling.ts';
import { labelsOf, matchesSelector } from '../../src/kube/label-selector.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require the Pods of a workload to keep away from each other',
    why: 'Without anti-affinity or a topology spread all Pods of a workload may end up on one node, and fail together with it.',
    help: 'Add podAntiAffinity with a labelSelector that matches the Pods and topologyKey: kubernetes.io/hostname, or topologySpreadConstraints.',
    references: [
      'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
    ],
    covers: [
      'kube-linter/no-anti-affinity',
      'kube-score/deployment-has-host-podantiaffinity',
      'kube-score/statefulset-has-host-podantiaffinity',
    ],
    severity: 'info',
    recommended: false,
    messages: {
      missing: '{{workload}} has {{replicas}} Pods, and nothing keeps them on different nodes.',
      other: '{{workload}} has a podAntiAffinity that does not keep its {{replicas}} Pods apart: {{reason}}.',
    },
    options: {
      type: 'object',
      properties: {
        minReplicas: {
          type: 'integer',
          minimum: 2,
          default: 2,
          description: 'Workloads with fewer replicas need none.',
        },
        topologyKeys: {
          type: 'array',
          items: { type: 'string' },
          default: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'topology.kubernetes.io/region'],
          description: 'Labels of nodes that keep Pods apart, as globs.',
        },
      },
    },
  },
  isSubject: isReplicated,
  check(workload, { options, report }) {
    const { podSpec, resource, template } = workload;
    const replicas = replicasOf(workload).number ?? 1;
    if (replicas < options.minReplicas) return;
    const labels = labelsOf(template.at('metadata', 'labels'));
    const antiAffinity = podSpec.at('affinity', 'podAntiAffinity');
    const terms = [
      ...antiAffinity.at('requiredDuringSchedulingIgnoredDuringExecution').items(),
      ...antiAffinity
        .at('preferredDuringSchedulingIgnoredDuringExecution')
        .items()
        .map((item) => item.at('podAffinityTerm')),
    ];
    const hasKey = (item: Cursor): boolean => matchesAnyGlob(item.at('topologyKey').string ?? '', options.topologyKeys);
    const selects = (item: Cursor): boolean => matchesSelector(item.at('labelSelector'), labels);
    if (terms.some((term) => hasKey(term) && selects(term))) return;
    if (
      podSpec
        .at('topologySpreadConstraints')
        .items()
        .some((item) => hasKey(item) && selects(item))
    )
      return;
    const data = { workload: `${resource.kind} ${resource.name}`, replicas };
    if (terms.length === 0) report(antiAffinity, 'missing', data, { from: [replicasOf(workload)] });
    else
      report(antiAffinity, 'other', {
        ...data,
        reason: terms.some(selects) ? 'its topologyKey is another one' : 'its labelSelector does not match them',
      });
  },
});
