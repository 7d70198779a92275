import { allSecurityContexts } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid Windows containers that run as processes of their node',
    why: 'A HostProcess container runs on the node itself, with its file system and its network: what it may do there, it may do to all Pods of the node.',
    help: 'Remove hostProcess: true.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
    ],
    covers: ['polaris/hostProcess', 'trivy/KSV-0103', 'pod-security/windowsHostProcess'],
    severity: 'error',
    recommended: false,
    messages: {
      hostProcess: '{{holder}} runs as a process of its node: it has windowsOptions.hostProcess: true.',
    },
  },
  check(workload, { report }) {
    for (const { holder, cursor } of allSecurityContexts(workload)) {
      const place = cursor.at('windowsOptions', 'hostProcess');
      if (place.boolean === true) report(place, 'hostProcess', { holder });
    }
  },
});
