import { grantsOf, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = {
  apiGroups: ['admissionregistration.k8s.io'],
  resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
  verbs: ['create', 'update', 'patch'],
};

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => isRoleKind(group, kind) && kind === 'ClusterRole',
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that write admission webhooks',
    why: 'An admission webhook sees every object that is written, Secrets included, and may change it or refuse it: whoever writes its configuration reads and changes the whole cluster.',
    help: 'Remove the verbs, or name in `resourceNames` the webhook configuration that the chart owns.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['checkov/CKV_K8S_155', 'trivy/KSV-0114'],
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
