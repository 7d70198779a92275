import { grantsOf, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = {
  apiGroups: ['', 'discovery.k8s.io', 'networking.k8s.io'],
  resources: ['services', 'endpoints', 'endpointslices', 'networkpolicies', 'ingresses'],
  verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
};

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that change where traffic goes',
    why: 'Whoever writes Services, Endpoints, Ingresses or NetworkPolicies leads the traffic of other programs to themselves, or past the policies that keep them apart.',
    help: 'Remove the verbs, or name the objects in `resourceNames`.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['trivy/KSV-0056'],
    severity: 'warning',
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
