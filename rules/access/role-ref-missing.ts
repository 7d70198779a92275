import { boundRole, isAccessKind, isBindingKind, isClusterRoleOfKubernetes, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { nearMiss } from '../../src/text/near-miss.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: isBindingKind,
  reads: isAccessKind,
  meta: {
    summary: 'Require the role of every binding to be in the input',
    why:
      'The API server accepts a binding of a role that is not there: its subjects have no rights, and the program fails ' +
      'when it asks for something. Whoever adds a role of that name later decides what they are.',
    help: {
      misspelt: 'Change {{role}} to {{suggestion}}.',
      missing: 'Add the role to the chart, or bind one that is there.',
      wrongKind: 'Change the kind to {{suggestion}}.',
    },
    references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding'],
    severity: 'warning',
    recommended: true,
    messages: {
      misspelt: '{{binding}} binds {{kind}} {{role}}, which is not in the input (did you mean {{suggestion}}?).',
      missing: '{{binding}} binds {{kind}} {{role}}, which is not in the input.',
      wrongKind: '{{binding}} binds {{kind}} {{role}}, but {{role}} is a {{suggestion}}.',
    },
    options: {
      type: 'object',
      properties: {
        nearMissOnly: {
          type: 'boolean',
          default: false,
          description: 'Report only roles for which the input has one that is spelt alike, or one of the other kind.',
        },
      },
    },
  },
  check(binding, { bundle, options, report }) {
    const roleRef = binding.cursor.at('roleRef');
    const role = roleRef.at('name').string;
    const kind = roleRef.at('kind').string;
    if (role === undefined || (kind !== 'Role' && kind !== 'ClusterRole')) return;
    if (kind === 'ClusterRole' && isClusterRoleOfKubernetes(role)) return;
    if (boundRole(binding, bundle) !== undefined || bundle.mayHold(kind, role)) return;

    const data = { binding: nameOf(binding), kind, role };
    const { group } = binding;
    const other = kind === 'Role' ? 'ClusterRole' : 'Role';
    // A ClusterRoleBinding cannot bind a Role.
    const isOther = binding.kind === 'RoleBinding' || other === 'ClusterRole';
    if (isOther && bundle.ofKind(group, other).some(({ name }) => name === role)) {
      report(roleRef.at('kind'), 'wrongKind', { ...data, suggestion: other }, { from: [roleRef.at('name')] });
      return;
    }
    const namespace = bundle.namespaceOf(binding);
    const names = bundle
      .ofKind(group, kind)
      .filter((found) => kind === 'ClusterRole' || bundle.namespaceOf(found) === namespace)
      .map(({ name }) => name);
    const suggestion = nearMiss(role, names);
    if (suggestion !== undefined) report(roleRef.at('name'), 'misspelt', { ...data, suggestion });
    else if (!options.nearMissOnly) report(roleRef.at('name'), 'missing', data);
  },
});
