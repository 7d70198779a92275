import { podSecurityContexts } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

/** The sysctls that concern their Pod alone, and since which minor version of Kubernetes they count as such. */
const SAFE_SINCE: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
  'net.ipv4.tcp_notsent_lowat': 37,
  'net.ipv4.tcp_slow_start_after_idle': 37,
};

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid sysctls that are not safe',
    why:
      'A sysctl that is not safe may change its node or other Pods; and a kubelet starts no Pod with one unless an administrator has allowed it there. ' +
      'Which are safe is what Pod Security admission says for the version of Kubernetes; kube-linter has a list of unsafe ones instead, on which safe ones stand too.',
    help: 'Remove the sysctl {{name}}, or set it on the nodes.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
    ],
    covers: ['kube-linter/unsafe-sysctls', 'trivy/KSV-0026', 'pod-security/sysctls'],
    severity: 'error',
    recommended: false,
    messages: {
      unsafe: 'The Pod sets the sysctl {{name}}, which is not safe in Kubernetes 1.{{minor}}.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Further sysctls that may be set: those that the kubelets allow.',
        },
      },
    },
  },
  check(workload, { bundle, options, report }) {
    const { kubeMinor } = bundle;
    for (const item of podSecurityContexts(workload).flatMap((context) => context.at('sysctls').items())) {
      const name = item.at('name').string ?? '';
      if ((SAFE_SINCE[name] ?? Number.POSITIVE_INFINITY) <= kubeMinor || options.allow.includes(name)) continue;
      report(item.at('name'), 'unsafe', { name: name === '' ? '""' : name, minor: kubeMinor });
    }
  },
});
