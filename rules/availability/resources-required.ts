import { enumerate } from '../../src/text/enumerate.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to ask for resources, and to have limits',
    why: 'Without requests the scheduler takes a node to have room that it does not have, and the Pod is among the first to be evicted; without a memory limit one leak takes the whole node.',
    help: 'Add {{missing}} to the resources of container {{container}}.',
    references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
    covers: [
      'kube-linter/unset-cpu-requirements',
      'kube-linter/unset-memory-requirements',
      'kube-score/container-resources',
      'polaris/cpuRequestsMissing',
      'polaris/cpuLimitsMissing',
      'polaris/memoryRequestsMissing',
      'polaris/memoryLimitsMissing',
      'checkov/CKV_K8S_10',
      'checkov/CKV_K8S_11',
      'checkov/CKV_K8S_12',
      'checkov/CKV_K8S_13',
      'trivy/KSV-0011',
      'trivy/KSV-0015',
      'trivy/KSV-0016',
      'trivy/KSV-0018',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'Container {{container}} has no {{missing}}.',
    },
    options: {
      type: 'object',
      properties: {
        require: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'requests.cpu',
              'requests.memory',
              'requests.ephemeral-storage',
              'limits.cpu',
              'limits.memory',
              'limits.ephemeral-storage',
            ],
          },
          default: ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'],
          description: 'What every container needs.',
        },
        initContainers: { type: 'boolean', default: true, description: 'Whether init containers need it, too.' },
      },
    },
  },
  isSubject: ({ type }, { initContainers }) => type !== 'ephemeral' && (initContainers || type !== 'init'),
  check({ cursor, name, workload }, { options, report }) {
    const resources = cursor.at('resources');
    if (resources.exists && !resources.isMapping && !resources.isNull) return;
    const missing = options.require.filter((path) => {
      const [field = '', resource = ''] = path.split('.');
      return !isGiven(resources.at(field, resource)) && !isGiven(workload.podSpec.at('resources', field, resource));
    });
    if (missing.length > 0) report(resources, 'missing', { container: name, missing: enumerate(missing) });
  },
});

/** A quantity of 0 is none. */
function isGiven(place: Cursor): boolean {
  return place.exists && !place.isNull && place.text !== '' && place.text !== '0';
}
