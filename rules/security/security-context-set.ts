import { podName } from '../../src/bundle/workload.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require every Pod and container to have a security context',
    why: 'A Pod without a security context runs as the image says, most often as root with the default capabilities.',
    help: {
      pod: 'Add a securityContext to the spec of the Pod.',
      container: 'Add a securityContext to container {{container}}.',
    },
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    covers: ['checkov/CKV_K8S_29', 'checkov/CKV_K8S_30', 'trivy/KSV-0118'],
    severity: 'info',
    recommended: false,
    messages: {
      pod: '{{pod}} has no securityContext.',
      container: 'Container {{container}} has no securityContext.',
    },
    options: {
      type: 'object',
      properties: {
        levels: {
          type: 'array',
          items: { type: 'string', enum: ['pod', 'container'] },
          default: ['pod', 'container'],
          description: 'Where a security context is required.',
        },
      },
    },
  },
  check({ containers, podSpec, resource }, { options, report }) {
    const isEmpty = (place: Cursor): boolean =>
      !place.exists || place.isNull || (place.isMapping && place.keys().length === 0);
    const own = podSpec.at('securityContext');
    if (options.levels.includes('pod') && isEmpty(own)) {
      report(own, 'pod', { pod: podName(resource) });
    }
    if (!options.levels.includes('container')) return;
    for (const { cursor, name } of containers) {
      const place = cursor.at('securityContext');
      if (isEmpty(place)) report(place, 'container', { container: name });
    }
  },
});
