import { grantsOf, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = { apiGroups: [''], resources: ['pods/log'], verbs: ['delete', 'deletecollection'] };

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that delete logs',
    why: 'Whoever deletes the logs of Pods hides what was done there.',
    help: 'Remove the verbs delete and deletecollection for pods/log; get is enough to read logs.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['trivy/KSV-0042'],
    severity: 'warning',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
  },
  check(role, { bundle, report }) {
    for (const { place, resources, verbs } of grantsOf(role, PERMISSION, bundle)) {
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data);
    }
  },
});
