import { grantsOf, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = {
  apiGroups: ['rbac.authorization.k8s.io'],
  resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
  verbs: ['escalate', 'bind'],
};

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that extend their own rights',
    why: 'The API server lets nobody write a role or a binding with more rights than their own. The verbs `escalate` and `bind` switch that off: whoever has them makes themselves an administrator.',
    help: 'Remove the verbs escalate and bind, or name in `resourceNames` the roles that may be bound.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['checkov/CKV_K8S_157', 'checkov/CKV_K8S_158', 'trivy/KSV-0050', 'trivy/KSV-0051', 'trivy/KSV-0052'],
    severity: 'error',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
  },
  check(role, { bundle, report }) {
    for (const { place, resources, verbs, names } of grantsOf(role, PERMISSION, bundle)) {
      if (names.length > 0) continue;
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data);
    }
  },
});
