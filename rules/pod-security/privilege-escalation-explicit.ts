import { capabilitiesOf } from '../../src/bundle/capabilities.ts';
import { securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Forbid containers that ask for privilege escalation',
    why:
      'With allowPrivilegeEscalation: true, privileged: true or SYS_ADMIN a program can get more rights than it was started with. ' +
      'A container that says nothing passes; allow-privilege-escalation demands that it says false.',
    help: {
      allowed: 'Change allowPrivilegeEscalation to false.',
      privileged: 'Remove privileged: true.',
      admin: 'Remove {{capability}} from capabilities.add.',
    },
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    covers: ['kube-linter/privilege-escalation-container'],
    severity: 'error',
    recommended: false,
    messages: {
      allowed: 'Container {{container}} may gain privileges: it has allowPrivilegeEscalation: true.',
      privileged: 'Container {{container}} may gain privileges: it is privileged.',
      admin: 'Container {{container}} may gain privileges: it adds the capability {{capability}}.',
    },
    yieldsTo: ['allow-privilege-escalation', 'privileged-container', 'dangerous-capabilities'],
  },
  check(container, { report }) {
    const context = securityContextOf(container);
    const data = { container: container.name };
    const admin = capabilitiesOf(container, 'add').find(({ name }) => name === 'SYS_ADMIN');
    if (context.at('allowPrivilegeEscalation').boolean === true) {
      report(context.at('allowPrivilegeEscalation'), 'allowed', data);
    } else if (context.at('privileged').boolean === true) {
      report(context.at('privileged'), 'privileged', data);
    } else if (admin !== undefined) {
      report(admin.cursor, 'admin', { ...data, capability: admin.written });
    }
  },
});
