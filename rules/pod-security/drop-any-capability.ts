import { capabilitiesOf } from '../../src/bundle/capabilities.ts';
import { isMeantForWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to drop at least one capability',
    why: 'A container that drops nothing has all the rights of root that the container runtime gives by default; nobody has looked at which it needs.',
    help: 'Write capabilities: { drop: [ALL] } into the securityContext of container {{container}}, and add what the program needs.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
    ],
    covers: ['trivy/KSV-0004'],
    severity: 'info',
    recommended: false,
    messages: {
      none: 'Container {{container}} drops no capability.',
    },
    yieldsTo: ['drop-all-capabilities', 'drop-net-raw-capability'],
  },
  check(container, { report }) {
    if (isMeantForWindows(container.workload) || capabilitiesOf(container, 'drop').length > 0) return;
    report(securityContextOf(container).at('capabilities', 'drop'), 'none', { container: container.name });
  },
});
