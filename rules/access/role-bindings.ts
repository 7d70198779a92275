import { bindingsOf, grantsOf, holderPlaces, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = {
  apiGroups: ['rbac.authorization.k8s.io'],
  resources: ['rolebindings', 'clusterrolebindings'],
  verbs: ['create', 'update', 'patch', 'bind'],
};

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that write role bindings',
    why: 'Whoever may bind roles gives other subjects, or themselves in another namespace, every right that they have; with the verb `bind`, every right that there is.',
    help: 'Remove the verbs, or name in `resourceNames` the bindings that may be written.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['checkov/CKV2_K8S_1', 'trivy/KSV-0055'],
    severity: 'warning',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
    options: {
      type: 'object',
      properties: {
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
    for (const { place, resources, verbs, names } of grantsOf(role, PERMISSION, bundle)) {
      if (names.length > 0) continue;
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data, { related: holderPlaces(bindings) });
    }
  },
});
