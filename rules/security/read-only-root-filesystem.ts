import { isGiven, runsWindows, securityContextOf } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require containers to have a read-only root filesystem',
    why: 'Whoever breaks into a container with a writable root filesystem changes its programs and brings tools along.',
    help: 'Add readOnlyRootFilesystem: true to the securityContext of container {{container}}, and an emptyDir for each folder that it writes.',
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    covers: [
      'kube-linter/no-read-only-root-fs',
      'kube-score/container-security-context-readonlyrootfilesystem',
      'polaris/notReadOnlyRootFilesystem',
      'checkov/CKV_K8S_22',
      'trivy/KSV-0014',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      writable: 'Container {{container}} has a writable root filesystem.',
    },
  },
  isSubject: ({ workload }) => !runsWindows(workload),
  check(container, { report }) {
    const place = securityContextOf(container).at('readOnlyRootFilesystem');
    if (isGiven(place) && place.boolean !== false) return;
    report(place, 'writable', { container: container.name });
  },
});
