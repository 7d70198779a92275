import { podSeccompProfiles, seccompOf, type SeccompProfile } from '../../src/bundle/seccomp.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid Pods that switch off seccomp',
    why:
      'A seccomp profile keeps a container from the system calls that programs do not need, and through which most ways out of a container lead. ' +
      'An absent profile passes, as with Pod Security admission; seccomp-profile demands one. Annotations count before Kubernetes 1.27.',
    help: 'Change the type to RuntimeDefault.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tutorials/security/seccomp/',
    ],
    covers: ['trivy/KSV-0104', 'pod-security/seccompProfile_baseline'],
    severity: 'error',
    recommended: false,
    messages: {
      unconfined: '{{holder}} has the seccomp profile {{type}}; expected RuntimeDefault or Localhost.',
    },
  },
  check(workload, { bundle, report }) {
    const { kubeMinor } = bundle;
    for (const profile of podSeccompProfiles(workload, kubeMinor)) check('The Pod', profile);
    for (const container of workload.containers) {
      const profile = seccompOf(container, kubeMinor);
      if (profile !== undefined) check(`Container ${container.name}`, profile);
    }

    function check(holder: string, { cursor, type }: SeccompProfile): void {
      if (type === 'RuntimeDefault' || type === 'Localhost') return;
      report(cursor, 'unconfined', { holder, type: type === '' ? 'without a type' : type });
    }
  },
});
