import { bindingsOf, grantsOf, holderPlaces, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = {
  apiGroups: ['', 'apps', 'batch'],
  resources: [
    'pods',
    'deployments',
    'daemonsets',
    'statefulsets',
    'replicasets',
    'replicationcontrollers',
    'jobs',
    'cronjobs',
  ],
};

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that create or change Pods',
    why: 'Whoever may create a Pod, or a workload that does, may mount every Secret, use every service account and, without Pod Security admission, reach the node of a namespace.',
    help: 'Remove the verbs, or keep the binding to the one namespace that needs them.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['kube-linter/access-to-create-pods', 'trivy/KSV-0048'],
    severity: 'warning',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
    options: {
      type: 'object',
      properties: {
        verbs: {
          type: 'array',
          items: { type: 'string' },
          default: ['create'],
          description: 'Verbs that no role may have for Pods and workloads.',
        },
        boundOnly: {
          type: 'boolean',
          default: true,
          description: 'Report only roles that a binding of the input gives to somebody.',
        },
      },
    },
  },
  check(role, { bundle, options, report }) {
    const bindings = bindingsOf(role, bundle);
    if (options.boundOnly && bindings.length === 0) return;
    for (const { place, resources, verbs } of grantsOf(role, { ...PERMISSION, verbs: options.verbs }, bundle)) {
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data, { related: holderPlaces(bindings) });
    }
  },
});
