import { capabilitiesOf, dropsCapability } from '../../src/bundle/capabilities.ts';
import { isMeantForWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to drop NET_RAW',
    why:
      'With NET_RAW, which containers have by default, a program forges packets of other Pods and reads their names from DNS. ' +
      'A container that says nothing about capabilities has it too, and is reported, as with Checkov; kube-linter says nothing of it. Pods for Windows pass.',
    help: {
      kept: 'Write capabilities: { drop: [ALL] }, or NET_RAW instead of ALL, into the securityContext of container {{container}}.',
      added: 'Remove {{capability}} from capabilities.add.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
    ],
    covers: ['kube-linter/drop-net-raw-capability', 'checkov/CKV_K8S_28'],
    severity: 'warning',
    recommended: false,
    messages: {
      kept: 'Container {{container}} keeps the capability NET_RAW: it drops neither NET_RAW nor ALL.',
      added: 'Container {{container}} adds the capability {{capability}}.',
    },
    yieldsTo: ['drop-all-capabilities', 'added-capabilities', 'dangerous-capabilities'],
  },
  check(container, { report }) {
    if (isMeantForWindows(container.workload)) return;
    const data = { container: container.name };
    const added = capabilitiesOf(container, 'add').find(({ name }) => name === 'NET_RAW');
    if (added !== undefined) report(added.cursor, 'added', { ...data, capability: added.written });
    else if (!dropsCapability(container, 'NET_RAW')) {
      report(securityContextOf(container).at('capabilities', 'drop'), 'kept', data);
    }
  },
});
