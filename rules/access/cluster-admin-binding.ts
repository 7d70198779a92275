import {
  boundRole,
  isAccessKind,
  isBindingKind,
  isClusterRoleOfKubernetes,
  nameOf,
  rulesOf,
} from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

/** All verbs of resources, which together are as good as a star. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

export default defineRule({
  scope: 'resource',
  appliesTo: isBindingKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow bindings that make somebody an administrator',
    why:
      'Whoever is bound to cluster-admin, or to a role that allows everything, may do all that can be done: in the ' +
      'whole cluster with a ClusterRoleBinding, in one namespace with a RoleBinding. A service account with such rights ' +
      'hands them to whoever breaks into its Pod.',
    help: 'Bind a role with the rights that are needed alone.',
    references: [
      'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
    ],
    covers: [
      'kube-linter/cluster-admin-role-binding',
      'polaris/clusterrolebindingClusterAdmin',
      'polaris/rolebindingClusterAdminClusterRole',
      'polaris/rolebindingClusterAdminRole',
      'trivy/KSV-0111',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      admin: '{{binding}} binds ClusterRole {{role}}: its subjects may do {{extent}}.',
      everything: '{{binding}} binds {{role}}, which allows everything: its subjects may do {{extent}}.',
      missing: '{{binding}} binds {{role}}, which is not in the input: it may allow everything.',
    },
    yieldsTo: ['role-ref-missing'],
    options: {
      type: 'object',
      properties: {
        roles: {
          type: 'array',
          items: { type: 'string' },
          default: ['cluster-admin'],
          description: 'ClusterRoles that nobody may be bound to.',
        },
        missingRoles: {
          type: 'boolean',
          default: false,
          description: 'Report bindings of roles that are not in the input, too.',
        },
      },
    },
  },
  check(binding, { bundle, options, report }) {
    if (isClusterRoleOfKubernetes(binding.name)) return;
    const place = binding.cursor.at('roleRef', 'name');
    const kind = binding.cursor.at('roleRef', 'kind').string;
    if (place.string === undefined || (kind !== 'Role' && kind !== 'ClusterRole')) return;
    const extent = binding.kind === 'ClusterRoleBinding' ? 'everything in the cluster' : 'everything in the namespace';
    const names = { binding: nameOf(binding), role: `${kind} ${place.string}` };
    if (kind === 'ClusterRole' && options.roles.includes(place.string)) {
      report(place, 'admin', { ...names, role: place.string, extent });
      return;
    }
    const role = boundRole(binding, bundle);
    if (role === undefined) {
      const isKnown = kind === 'ClusterRole' && isClusterRoleOfKubernetes(place.string);
      if (options.missingRoles && !isKnown && !bundle.mayHold(kind, place.string)) report(place, 'missing', names);
      return;
    }
    const all = rulesOf(role, bundle).find(allowsEverything);
    if (all === undefined) return;
    const related = [{ cursor: all.at('resources'), message: 'The role allows everything here.' }];
    report(place, 'everything', { ...names, extent }, { related });
  },
});

function allowsEverything(rule: Cursor): boolean {
  const has = (field: string, text: string): boolean =>
    rule
      .at(field)
      .items()
      .some(({ string }) => string === text);
  const hasAllVerbs = has('verbs', '*') || VERBS.every((verb) => has('verbs', verb));
  return has('apiGroups', '*') && has('resources', '*') && hasAllVerbs;
}
