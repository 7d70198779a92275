import { isBindingKind, nameOf } from '../../src/bundle/access.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: isBindingKind,
  meta: {
    summary: 'Disallow bindings for everybody, for administrators and for default service accounts',
    why:
      'A right of `system:unauthenticated` or `system:anonymous` is a right of everybody who reaches the API server, and ' +
      'one of `system:authenticated` of everybody with an account. `system:masters` has all rights already: a binding ' +
      'for it hides who was meant. The service account `default` is that of every Pod that names none.',
    help: {
      subject: 'Bind the role to those who need it: a service account of the program, a user or a group of your own.',
      serviceAccount: 'Make a ServiceAccount for the program, and bind the role to that.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles',
    ],
    covers: ['checkov/CKV_K8S_42', 'trivy/KSV-0122', 'trivy/KSV-0123', 'trivy/KSV-01011'],
    severity: 'error',
    recommended: false,
    messages: {
      subject: '{{binding}} gives its rights to {{subject}}: {{whom}}.',
      serviceAccount:
        '{{binding}} gives its rights to the ServiceAccount {{subject}}, which every Pod has that names none.',
    },
    severities: { serviceAccount: 'warning' },
    options: {
      type: 'object',
      properties: {
        subjects: {
          type: 'array',
          items: { type: 'string' },
          default: ['system:masters', 'system:anonymous', 'system:unauthenticated', 'system:authenticated'],
          description: 'Users and groups that no role may be bound to.',
        },
        serviceAccounts: {
          type: 'array',
          items: { type: 'string' },
          default: ['default'],
          description: 'Service accounts that no role may be bound to.',
        },
      },
    },
  },
  check(binding, { options, report }) {
    for (const subject of binding.cursor.at('subjects').items()) {
      const place = subject.at('name');
      const name = place.string;
      if (name === undefined) continue;
      const data = { binding: nameOf(binding), subject: name };
      if (subject.at('kind').string === 'ServiceAccount') {
        if (options.serviceAccounts.includes(name)) report(place, 'serviceAccount', data);
      } else if (options.subjects.includes(name)) report(place, 'subject', { ...data, whom: whomOf(name) });
    }
  },
});

function whomOf(name: string): string {
  if (name === 'system:authenticated') return 'everybody who has an account';
  if (name === 'system:masters') return 'administrators, who have all rights already';
  return name.startsWith('system:') ? 'everybody who reaches the API server' : 'a subject that the policy forbids';
}
