import { capabilitiesOf } from '../../src/bundle/capabilities.ts';
import { podSeccompOf, seccompOf } from '../../src/bundle/seccomp.ts';
import { effectiveField, isMeantForWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import type { Container } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to use one of the protections of Linux',
    why:
      'AppArmor, seccomp, SELinux and dropped capabilities each keep a program that was broken into from the rest of the node. A container that uses none relies on chance. ' +
      'An AppArmor profile counts as a field and as an annotation that names the container. Pods for Windows pass.',
    help: 'Write seccompProfile: { type: RuntimeDefault }, or capabilities: { drop: [ALL] }, into the securityContext of container {{container}}.',
    references: ['https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/'],
    covers: ['polaris/linuxHardening'],
    severity: 'warning',
    recommended: false,
    messages: {
      none: 'Container {{container}} asks for none of AppArmor, seccomp, SELinux and dropped capabilities.',
    },
    yieldsTo: ['drop-all-capabilities', 'seccomp-profile'],
  },
  check(container, { bundle, report }) {
    if (isMeantForWindows(container.workload)) return;
    const seccomp = seccompOf(container, bundle.kubeMinor) ?? podSeccompOf(container, bundle.kubeMinor);
    if (seccomp !== undefined && seccomp.type !== '' && seccomp.type !== 'Unconfined') return;
    if ((effectiveField(container, 'seLinuxOptions')?.keys().length ?? 0) > 0) return;
    if (hasAppArmor(container) || keepsDropped(container)) return;
    report(securityContextOf(container), 'none', { container: container.name });
  },
});

function hasAppArmor(container: Container): boolean {
  const type = effectiveField(container, 'appArmorProfile')?.at('type').string ?? '';
  const annotations = container.workload.template.at('metadata', 'annotations');
  const annotation = annotations.at(`${APPARMOR}${container.name}`).text ?? '';
  return (type !== '' && type !== 'Unconfined') || (annotation !== '' && annotation !== 'unconfined');
}

function keepsDropped(container: Container): boolean {
  const addsAll = capabilitiesOf(container, 'add').some(({ name }) => name === 'ALL');
  return capabilitiesOf(container, 'drop').length > 0 && !addsAll;
}
