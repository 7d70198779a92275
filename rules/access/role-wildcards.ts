import { isAccessKind, isRoleKind, nameOf, rulesOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: isRoleKind,
  reads: isAccessKind,
  meta: {
    summary: 'Disallow wildcards in roles',
    why:
      'A star allows what is there today and whatever a later version, a custom resource or another chart brings: ' +
      'nobody has looked at that. All three stars together are the rights of an administrator.',
    help: {
      everything: 'List the API groups, resources and verbs that the program uses.',
      wildcard: 'List the {{field}} that the program uses.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
    ],
    covers: [
      'kube-linter/wildcard-in-rules',
      'checkov/CKV_K8S_49',
      'trivy/KSV-0044',
      'trivy/KSV-0045',
      'trivy/KSV-0046',
      'trivy/KSV-0112',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      everything: '{{role}} allows everything: all verbs on all resources of all API groups.',
      wildcard: '{{role}} has {{written}} among the {{field}} of a rule.',
    },
    options: {
      type: 'object',
      properties: {
        fields: {
          type: 'array',
          items: { type: 'string', enum: ['apiGroups', 'resources', 'verbs'] },
          default: ['apiGroups', 'resources', 'verbs'],
          description: 'Fields of a rule that may not have a star.',
        },
      },
    },
  },
  check(role, { bundle, options, report }) {
    const name = nameOf(role);
    for (const rule of rulesOf(role, bundle)) {
      const stars = ['apiGroups', 'resources', 'verbs'].flatMap((field) => {
        const star = rule
          .at(field)
          .items()
          .find(({ string }) => string !== undefined && string.includes('*'));
        return star === undefined ? [] : [{ field, star, written: star.string ?? '' }];
      });
      if (stars.length === 3 && stars.every(({ written }) => written === '*')) {
        report(rule.at('resources'), 'everything', { role: name });
        continue;
      }
      for (const { field, star, written } of stars) {
        if (options.fields.some((forbidden) => forbidden === field))
          report(star, 'wildcard', { role: name, field, written });
      }
    }
  },
});
