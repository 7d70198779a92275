import { isPrinted } from '../../src/bundle/printed.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Require every object to be in a namespace of its own',
    why: 'In the namespace `default` the programs of everybody share quotas, network policies and access: one mistake reaches all of them.',
    help: {
      default: 'Change the namespace to one of the program.',
      missing: 'Add metadata.namespace, or say with `-n` where the object goes and let the policy allow it.',
    },
    references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],
    covers: ['kube-linter/use-namespace', 'checkov/CKV_K8S_21', 'trivy/KSV-0110'],
    severity: 'info',
    recommended: false,
    messages: {
      default: '{{kind}} {{name}} is in the namespace default.',
      missing:
        '{{kind}} {{name}} has no namespace: it goes where the context of kubectl points, most often to default.',
    },
    options: {
      type: 'object',
      properties: {
        kinds: {
          type: 'array',
          items: { type: 'string' },
          default: [
            'Pod',
            'Deployment',
            'DaemonSet',
            'StatefulSet',
            'ReplicaSet',
            'ReplicationController',
            'Job',
            'CronJob',
            'DeploymentConfig',
            'Service',
            'Secret',
            'ServiceAccount',
            'Role',
            'RoleBinding',
            'ConfigMap',
            'Ingress',
          ],
          description: 'Kinds that are looked at.',
        },
      },
    },
  },
  check({ cursor, kind, name, namespace, template }, { options, report }) {
    if (!options.kinds.includes(kind)) return;
    // Kubernetes makes these in every cluster.
    if (name === 'default' && kind === 'ServiceAccount') return;
    if (name === 'kubernetes' && kind === 'Service') return;
    const place = cursor.at('metadata', 'namespace');
    if (namespace === 'default') {
      // What prints it takes it from the release, which is in default here because nobody has said where it goes.
      if (!isPrinted(place)) report(place, 'default', { kind, name });
    }
    // An object of a chart goes to the namespace of the release.
    else if (namespace === undefined && template === undefined)
      report(cursor.at('metadata', 'name'), 'missing', { kind, name });
  },
});
