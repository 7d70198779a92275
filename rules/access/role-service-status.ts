import { bindingsOf, grantsOf, holderPlaces, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = { apiGroups: [''], resources: ['services/status'], verbs: ['update', 'patch'] };

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that change the status of Services',
    why: 'Whoever writes `status.loadBalancer.ingress.ip` of a Service draws the traffic for that address to it, from every Pod of the cluster (CVE-2020-8554, which cannot be fixed).',
    help: 'Remove services/status from the rule, or the verbs update and patch.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['checkov/CKV2_K8S_4'],
    severity: 'warning',
    recommended: false,
    messages: {
      grants: '{{role}} allows {{verbs}} on {{resources}}.',
    },
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
