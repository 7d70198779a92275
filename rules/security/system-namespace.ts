import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Disallow programs in the namespaces of the cluster',
    why: 'Whoever breaks into a Pod of kube-system is next to the programs that run the cluster, and their Secrets.',
    help: 'Put the program into a namespace of its own.',
    references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces'],
    covers: ['trivy/KSV-0037'],
    severity: 'info',
    recommended: false,
    messages: {
      system: '{{pod}} is in the namespace {{namespace}}.',
    },
    options: {
      type: 'object',
      properties: {
        namespaces: {
          type: 'array',
          items: { type: 'string' },
          default: ['kube-system'],
          description: "Namespaces that are the cluster's own.",
        },
      },
    },
  },
  check({ resource, podSpec, template }, { options, report }) {
    const { namespace, cursor } = resource;
    if (namespace === undefined || !options.namespaces.includes(namespace)) return;
    const label = (name: string): string => template.at('metadata', 'labels', name).string ?? '';
    // What kubeadm runs there.
    const isControlPlane =
      label('tier') === 'control-plane' && podSpec.at('priorityClassName').string === 'system-node-critical';
    if (!isControlPlane) report(cursor.at('metadata', 'namespace'), 'system', { pod: podName(resource), namespace });
  },
});
