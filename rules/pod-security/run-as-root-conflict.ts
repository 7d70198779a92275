import { effectiveField, isMeantForWindows } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid containers that must be root and must not be',
    why: 'With runAsUser: 0 and runAsNonRoot: true the kubelet refuses to start the container: it waits with CreateContainerConfigError forever.',
    help: 'Use a runAsUser that is not 0, or change runAsNonRoot to false for what needs root.',
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    covers: ['kube-linter/run-as-non-root'],
    severity: 'error',
    recommended: true,
    messages: {
      conflict: 'Container {{container}} cannot start: it has runAsUser: 0 and runAsNonRoot: true.',
    },
  },
  check(workload, { report }) {
    // On Windows the kubelet looks at the name of the user.
    if (isMeantForWindows(workload)) return;
    const reported = new Set<unknown>();
    for (const container of workload.containers) {
      const user = effectiveField(container, 'runAsUser');
      const nonRoot = effectiveField(container, 'runAsNonRoot');
      if (user?.number !== 0 || nonRoot?.boolean !== true) continue;
      // What containers have from their Pod is said once.
      if (reported.has(user.node) && reported.has(nonRoot.node)) continue;
      reported.add(user.node).add(nonRoot.node);
      report(user, 'conflict', { container: container.name }, { from: [nonRoot] });
    }
  },
});
