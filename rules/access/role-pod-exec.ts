import { grantsOf, isAccessKind, isClusterRoleOfKubernetes, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = { apiGroups: [''], resources: ['pods/exec', 'pods/attach'], verbs: ['get', 'create'] };

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that run commands in containers',
    why: 'Whoever may use `pods/exec` or `pods/attach` works inside of every container of the namespace, with its Secrets and its service account. `get` is enough: over a web socket it runs commands as `create` does.',
    help: 'Remove pods/exec and pods/attach from the rule, or the verbs get and create.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['polaris/clusterrolePodExecAttach', 'polaris/rolePodExecAttach', 'trivy/KSV-0053', 'trivy/KSV-0054'],
    severity: 'warning',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
  },
  check(role, { bundle, report }) {
    if (isClusterRoleOfKubernetes(role.name)) return;
    for (const { place, resources, verbs } of grantsOf(role, PERMISSION, bundle)) {
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data);
    }
  },
});
