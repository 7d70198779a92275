import { allSecurityContexts } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const TYPES = ['container_t', 'container_init_t', 'container_kvm_t'];

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid SELinux types, users and roles that open the node',
    why:
      'SELinux keeps containers from the files of their node and of each other by their type; spc_t, for example, is kept from nothing. ' +
      'An empty type, user or role passes, as with Pod Security admission. container_engine_t is allowed since Kubernetes 1.31.',
    help: {
      type: 'Use {{expected}}, or remove the type.',
      user: 'Remove the user.',
      role: 'Remove the role.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#assign-selinux-labels-to-a-container',
    ],
    covers: ['trivy/KSV-0025', 'pod-security/seLinuxOptions'],
    severity: 'warning',
    recommended: false,
    messages: {
      type: '{{holder}} has seLinuxOptions.type: {{found}}; expected {{expected}}.',
      user: '{{holder}} sets seLinuxOptions.user, to {{found}}.',
      role: '{{holder}} sets seLinuxOptions.role, to {{found}}.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Further types that may be set.',
        },
      },
    },
  },
  check(workload, { bundle, options, report }) {
    const types = [...TYPES, ...(bundle.kubeMinor >= 31 ? ['container_engine_t'] : []), ...options.allow];
    const expected = enumerate(types, 'or');
    for (const { holder, cursor } of allSecurityContexts(workload)) {
      const selinux = cursor.at('seLinuxOptions');
      const [type, user, role] = [selinux.at('type'), selinux.at('user'), selinux.at('role')];
      if (type.string && !types.includes(type.string)) report(type, 'type', { holder, found: type.string, expected });
      if (user.string) report(user, 'user', { holder, found: user.string });
      if (role.string) report(role, 'role', { holder, found: role.string });
    }
  },
});
