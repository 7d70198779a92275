import { isLongRunning } from '../../src/bundle/workload.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require the liveness probe to be another one than the readiness probe',
    why: 'A readiness probe fails while a Pod is busy, and that is right; a liveness probe that asks the same then kills the Pod, and its neighbours get its load.',
    help: 'Let the liveness probe ask for something that does not depend on load or on other programs, or remove it.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
    ],
    covers: ['kube-score/pod-probes-identical'],
    severity: 'info',
    recommended: false,
    messages: {
      identical: 'The livenessProbe of container {{container}} asks the same as its readinessProbe: {{request}}.',
    },
  },
  isSubject: ({ type, workload }) => (type === 'container' || type === 'sidecar') && isLongRunning(workload),
  check({ cursor, name }, { report }) {
    const liveness = requestOf(cursor.at('livenessProbe'));
    if (liveness === undefined || liveness !== requestOf(cursor.at('readinessProbe'))) return;
    report(cursor.at('livenessProbe').onKey, 'identical', { container: name, request: liveness });
  },
});

/** What a probe asks, as text; undefined when it asks nothing that can be read. */
function requestOf(probe: Cursor): string | undefined {
  const port = (handler: string): string => probe.at(handler, 'port').text ?? '';
  if (probe.at('httpGet').isMapping)
    return `httpGet ${probe.at('httpGet', 'path').text || '/'} on port ${port('httpGet')}`;
  if (probe.at('tcpSocket').isMapping) return `tcpSocket on port ${port('tcpSocket')}`;
  if (probe.at('grpc').isMapping) return `grpc ${probe.at('grpc', 'service').text ?? ''} on port ${port('grpc')}`;
  const command = probe.at('exec', 'command').items();
  return command.length === 0
    ? undefined
    : `exec of ${command.length} words: ${command.map(({ text }) => text ?? '').join(' ')}`;
}
