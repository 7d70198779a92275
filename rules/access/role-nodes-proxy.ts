import { bindingsOf, grantsOf, holderPlaces, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = { apiGroups: [''], resources: ['nodes/proxy', 'pods/exec'], verbs: ['create'] };

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that reach the kubelet or run commands in containers',
    why: 'The resource `nodes/proxy` leads to the API of the kubelet, which runs commands in every Pod of the node and passes by admission and audit; `create` on `pods/exec` does the same for the Pods of a namespace.',
    help: 'Remove nodes/proxy and pods/exec from the rule; `nodes/metrics` and `nodes/stats` are enough to read metrics.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['checkov/CKV2_K8S_2', 'trivy/KSV-0047'],
    severity: 'error',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
    // It reports pods/exec as well.
    yieldsTo: ['role-pod-exec'],
    options: {
      type: 'object',
      properties: {
        boundOnly: {
          type: 'boolean',
          default: true,
          description: 'Report only roles that a binding of the input gives to somebody.',
        },
      },
    },
  },
  check(role, { bundle, options, report }) {
    const bindings = bindingsOf(role, bundle);
    if (options.boundOnly && bindings.length === 0) return;
    for (const { place, resources, verbs } of grantsOf(role, PERMISSION, bundle)) {
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data, { related: holderPlaces(bindings) });
    }
  },
});
