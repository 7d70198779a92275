import { allSecurityContexts, isGiven } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid Pods that switch off AppArmor',
    why:
      'AppArmor limits what a program may do with files, networks and other processes of its node, even as root. ' +
      'Without a profile of its own a container has that of the container runtime, so an absent field passes, as with Pod Security admission.',
    help: 'Use {{expected}}, or remove it.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tutorials/security/apparmor/',
    ],
    covers: ['trivy/KSV-0002', 'pod-security/appArmorProfile'],
    severity: 'warning',
    recommended: false,
    messages: {
      profile: '{{holder}} has appArmorProfile.type: {{type}}; expected RuntimeDefault or Localhost.',
      annotation: 'The annotation {{annotation}} is {{profile}}; expected runtime/default or localhost/….',
    },
  },
  check(workload, { report }) {
    for (const { holder, cursor } of allSecurityContexts(workload)) {
      const profile = cursor.at('appArmorProfile');
      if (!isGiven(profile)) continue;
      const type = profile.at('type').string ?? '';
      if (type === 'RuntimeDefault' || type === 'Localhost') continue;
      const expected = 'type: RuntimeDefault or type: Localhost';
      report(profile.at('type'), 'profile', { holder, type: type === '' ? '""' : type, expected });
    }
    for (const [annotation, place] of workload.template.at('metadata', 'annotations').entries()) {
      const profile = place.text ?? '';
      if (!annotation.startsWith(ANNOTATION) || profile === '') continue;
      if (profile === 'runtime/default' || profile.startsWith('localhost/')) continue;
      report(place, 'annotation', { annotation, profile, expected: 'runtime/default or localhost/…' });
    }
  },
});
