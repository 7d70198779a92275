import {
  boundRole,
  grantsOf,
  isAccessKind,
  isBindingKind,
  isClusterRoleOfKubernetes,
  nameOf,
} from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = { apiGroups: [''], resources: ['pods/exec', 'pods/attach'], verbs: ['get', 'create'] };
/** The roles of Kubernetes with that permission. */
const CLUSTER_ROLES = ['cluster-admin', 'admin', 'edit'];

export default defineRule({
  scope: 'resource',
  appliesTo: isBindingKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow bindings that let somebody run commands in containers',
    why:
      'Whoever may use `pods/exec` or `pods/attach` works inside of every container of the namespace, with its Secrets ' +
      'and its service account. A role that is not in the input may allow it, too: nobody can tell.',
    help: {
      grants: 'Bind a role without pods/exec and pods/attach.',
      builtIn: 'Bind a role with the rights that are needed alone.',
      missing: 'Add the role to the chart, or correct the name.',
    },
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: [
      'polaris/clusterrolebindingPodExecAttach',
      'polaris/rolebindingClusterRolePodExecAttach',
      'polaris/rolebindingRolePodExecAttach',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      grants: '{{binding}} binds {{role}}, which allows {{verbs}} on {{resources}}.',
      builtIn: '{{binding}} binds {{role}}, which allows to run commands in containers.',
      missing: '{{binding}} binds {{role}}, which is not in the input: it may allow to run commands in containers.',
    },
    yieldsTo: ['role-ref-missing', 'cluster-admin-binding'],
    options: {
      type: 'object',
      properties: {
        missingRoles: {
          type: 'boolean',
          default: true,
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
    const data = { binding: nameOf(binding), role: `${kind} ${place.string}` };
    const role = boundRole(binding, bundle);
    if (role === undefined) {
      if (kind === 'ClusterRole' && CLUSTER_ROLES.includes(place.string)) report(place, 'builtIn', data);
      else if (kind === 'ClusterRole' && place.string === 'view') return;
      else if (options.missingRoles && !bundle.mayHold(kind, place.string)) report(place, 'missing', data);
      return;
    }
    const [grant] = grantsOf(role, PERMISSION, bundle);
    if (grant === undefined) return;
    const { resources, verbs } = grant;
    const related = [{ cursor: grant.place, message: 'The role allows it here.' }];
    report(place, 'grants', { ...data, verbs: enumerate(verbs), resources: enumerate(resources) }, { related });
  },
});
