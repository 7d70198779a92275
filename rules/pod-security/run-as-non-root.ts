import {
  effectiveField,
  hasUserNamespace,
  podSecurityContextOf,
  podSecurityContexts,
  securityContextOf,
} from '../../src/bundle/security-context.ts';
import type { Container } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require containers to run as a user that is not root',
    why:
      'Root in a container is root on its node: one fault in the runtime or in a mount, and it is out. With runAsNonRoot: true the kubelet refuses to start an image whose user is root. ' +
      'By default a runAsUser that is not 0 is enough, and what containers say themselves counts before what their Pod says, as with kube-linter, Polaris and Checkov; the Restricted standard asks for more (`restricted`). ' +
      'Since Kubernetes 1.35 Pods with hostUsers: false pass: their root is not the root of the node.',
    help: {
      pod: 'Write runAsNonRoot: true into the securityContext of the Pod.',
      container: 'Write runAsNonRoot: true into the securityContext of container {{container}}, or of its Pod.',
      podRoot: 'Change runAsNonRoot to true.',
      containerRoot: 'Change runAsNonRoot to true.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    ],
    covers: [
      'kube-linter/run-as-non-root',
      'polaris/runAsRootAllowed',
      'trivy/KSV-0012',
      'checkov/CKV_K8S_23',
      'pod-security/runAsNonRoot',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      pod: 'Neither the Pod nor its containers have runAsNonRoot: true.',
      container: 'Neither container {{container}} nor its Pod has runAsNonRoot: true.',
      podRoot: 'The Pod has runAsNonRoot: false; expected true.',
      containerRoot: 'Container {{container}} has runAsNonRoot: false; expected true.',
    },
    options: {
      type: 'object',
      properties: {
        restricted: {
          type: 'boolean',
          default: false,
          description:
            'As the Restricted standard: a runAsUser does not count, and no runAsNonRoot may be false, not even one of the Pod that every container overrides.',
        },
      },
    },
  },
  check(workload, { bundle, options, report }) {
    if (bundle.kubeMinor >= 35 && hasUserNamespace(workload)) return;
    const isBad = (container: Container): boolean => {
      if (effectiveField(container, 'runAsNonRoot')?.boolean === true) return false;
      return options.restricted || !((effectiveField(container, 'runAsUser')?.number ?? 0) > 0);
    };
    const bad = workload.containers.filter(isBad);
    const silent: Container[] = [];
    const refusing = podSecurityContexts(workload).filter((context) => context.at('runAsNonRoot').boolean === false);
    for (const context of refusing) {
      const isFelt = options.restricted || bad.some((container) => inherits(container) && isIn(container, context));
      if (isFelt) report(context.at('runAsNonRoot'), 'podRoot');
    }
    for (const container of bad) {
      const own = securityContextOf(container).at('runAsNonRoot');
      if (own.boolean === false) report(own, 'containerRoot', { container: container.name });
      else if (!refusing.some((context) => isIn(container, context))) silent.push(container);
    }
    const [first] = silent;
    // One line in the Pod mends them all.
    if (first !== undefined && silent.length === workload.containers.length) {
      report(podSecurityContextOf(first).at('runAsNonRoot'), 'pod');
      return;
    }
    for (const container of silent) {
      const user = effectiveField(container, 'runAsUser');
      report(
        securityContextOf(container).at('runAsNonRoot'),
        'container',
        { container: container.name },
        { from: user === undefined ? [] : [user] },
      );
    }

    function inherits(container: Container): boolean {
      return securityContextOf(container).at('runAsNonRoot').boolean === undefined;
    }
    function isIn(container: Container, context: { readonly node: unknown }): boolean {
      return podSecurityContextOf(container).node === context.node;
    }
  },
});
