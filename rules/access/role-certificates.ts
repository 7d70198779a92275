import { grantsOf, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSIONS = [
  {
    apiGroups: ['certificates.k8s.io'],
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
  },
  { apiGroups: ['certificates.k8s.io'], resources: ['signers'], verbs: ['approve'] },
];

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => isRoleKind(group, kind) && kind === 'ClusterRole',
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that approve certificates',
    why: 'Whoever approves certificate signing requests makes certificates for every user and group, `system:masters` included, which no later change of roles takes back.',
    help: 'Remove certificatesigningrequests/approval and signers from the rules, or limit `signers` with `resourceNames` to the signer that is needed.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['checkov/CKV_K8S_156'],
    severity: 'warning',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
  },
  check(role, { bundle, report }) {
    const grants = PERMISSIONS.flatMap((permission) => grantsOf(role, permission, bundle));
    for (const { place, resources, verbs, names } of grants) {
      if (names.length > 0) continue;
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data);
    }
  },
});
