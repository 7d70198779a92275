import { bindingsOf, grantsOf, holderPlaces, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = {
  apiGroups: ['', 'authentication.k8s.io'],
  resources: ['users', 'groups', 'serviceaccounts'],
  verbs: ['impersonate'],
};

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that act as somebody else',
    why: 'Whoever may impersonate users, groups or service accounts has all of their rights: with the group `system:masters`, those of an administrator.',
    help: 'Remove the verb impersonate, or name in `resourceNames` whom to act as.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['checkov/CKV2_K8S_3', 'trivy/KSV-0043'],
    severity: 'error',
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
