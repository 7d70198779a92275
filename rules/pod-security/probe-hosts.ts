import { defineRule } from '../../src/rule/rule.ts';

/** What the kubelet sends requests for. */
const PROBES = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Forbid probes and lifecycle hooks that name a host',
    why:
      'The kubelet sends the request from the network of the node: with a host of their own, whoever writes a Pod makes it ask any address that the node reaches. ' +
      'Pod Security admission refuses it since Kubernetes 1.34; for an older --kube-version there is no finding.',
    help: 'Remove {{field}}, and let the program listen on the address of the Pod, which the kubelet then asks.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
    ],
    covers: ['pod-security/hostProbesAndHostLifecycle'],
    severity: 'warning',
    recommended: false,
    messages: {
      host: 'Container {{container}} makes the kubelet send requests to {{host}}: it has {{field}}.',
    },
  },
  check({ cursor, name }, { bundle, report }) {
    if (bundle.kubeMinor < 34) return;
    for (const probe of PROBES) {
      for (const handler of ['httpGet', 'tcpSocket']) {
        const place = cursor.at(...probe, handler, 'host');
        const host = place.string ?? '';
        if (host === '') continue;
        report(place, 'host', { container: name, host, field: [...probe, handler, 'host'].join('.') });
      }
    }
  },
});
