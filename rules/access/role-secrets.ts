import { bindingsOf, grantsOf, holderPlaces, isAccessKind, isRoleKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const PERMISSION = {
  apiGroups: [''],
  resources: ['secrets'],
  verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
};

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow roles that read or write Secrets',
    why: 'Whoever may get, list or watch Secrets has every password and token of the namespace, those of other service accounts included; with a ClusterRole that is bound to the cluster, of every namespace. `list` and `watch` return the contents, too.',
    help: 'Name the Secrets that are needed in `resourceNames` and allow `get` alone, or mount them into the Pod and remove the rule.',
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    covers: ['kube-linter/access-to-secrets', 'checkov/CKV2_K8S_5', 'trivy/KSV-0041', 'trivy/KSV-0113'],
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
    for (const { place, resources, verbs, names } of grantsOf(role, PERMISSION, bundle)) {
      if (names.length > 0) continue;
      const data = { role: nameOf(role), verbs: enumerate(verbs), resources: enumerate(resources) };
      report(place, 'grants', data, { related: holderPlaces(bindings) });
    }
  },
});
