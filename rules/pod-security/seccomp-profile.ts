import { podSeccompOf, podSeccompProfiles, seccompOf, type SeccompProfile } from '../../src/bundle/seccomp.ts';
import { podSecurityContextOf, runsWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require a seccomp profile',
    why:
      'Without a profile a container may make all system calls, also those that no program needs and through which most ways out of a container lead. ' +
      'RuntimeDefault and Localhost pass, as with Pod Security admission; Checkov lets RuntimeDefault alone pass, and kube-score whatever is written. ' +
      'Pods with os.name: windows pass, since Kubernetes 1.25. Annotations count before Kubernetes 1.27, from where on they have no effect; kube-score takes them in every version.',
    help: {
      pod: 'Write seccompProfile: { type: RuntimeDefault } into the securityContext of the Pod.',
      container:
        'Write seccompProfile: { type: RuntimeDefault } into the securityContext of container {{container}}, or of its Pod.',
      type: 'Change the type to {{expected}}.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tutorials/security/seccomp/',
    ],
    covers: [
      'kube-score/container-seccomp-profile',
      'trivy/KSV-0030',
      'checkov/CKV_K8S_31',
      'pod-security/seccompProfile_restricted',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      pod: 'Neither the Pod nor its containers have a seccomp profile.',
      container: 'Container {{container}} has no seccomp profile, and neither has its Pod.',
      type: '{{holder}} has the seccomp profile {{type}}; expected {{expected}}.',
    },
    options: {
      type: 'object',
      properties: {
        types: {
          type: 'array',
          items: { type: 'string', enum: ['RuntimeDefault', 'Localhost', 'Unconfined'] },
          minItems: 1,
          default: ['RuntimeDefault', 'Localhost'],
          description: 'Types that a profile may have.',
        },
      },
    },
  },
  check(workload, { bundle, options, report }) {
    const { kubeMinor } = bundle;
    if (kubeMinor >= 25 && runsWindows(workload)) return;
    const expected = enumerate(options.types, 'or');
    for (const profile of podSeccompProfiles(workload, kubeMinor)) check('The Pod', profile);
    const silent = workload.containers.filter((container) => {
      const profile = seccompOf(container, kubeMinor);
      if (profile !== undefined) check(`Container ${container.name}`, profile);
      return (profile ?? podSeccompOf(container, kubeMinor)) === undefined;
    });
    const [first] = silent;
    // One line in the Pod mends them all.
    if (first !== undefined && silent.length === workload.containers.length) {
      report(podSecurityContextOf(first).at('seccompProfile'), 'pod');
      return;
    }
    for (const container of silent) {
      report(securityContextOf(container).at('seccompProfile'), 'container', { container: container.name });
    }

    function check(holder: string, { cursor, type }: SeccompProfile): void {
      if (options.types.some((allowed) => allowed === type)) return;
      report(cursor, 'type', { holder, type: type === '' ? 'without a type' : type, expected });
    }
  },
});
