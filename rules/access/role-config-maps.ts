import { grantsOf, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = {
  apiGroups: [''],
  resources: ['configmaps'],
  verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
};

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that write ConfigMaps',
    why: 'ConfigMaps configure programs and clusters: whoever writes `aws-auth` in kube-system makes themselves an administrator of an EKS cluster, and `coredns` decides where names lead. Leader election needs a ConfigMap of one name, or a Lease.',
    help: 'Name the ConfigMaps in `resourceNames`, or use a Lease for leader election.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['trivy/KSV-0049', 'trivy/KSV-0115'],
    severity: 'warning',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
  },
  check(role, { bundle, report }) {
    for (const { place, resources, verbs, names } of grantsOf(role, PERMISSION, bundle)) {
      if (names.length > 0 && !names.includes('aws-auth')) continue;
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data);
    }
  },
});
