import { matchesAnyGlob } from '../../src/text/glob.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require every setting of a container to come from a ConfigMap or Secret, not from a literal',
    why:
      'A value written into the workload is a second source of truth: it hides the ConfigMap, silently differs ' +
      'between environments, and cannot be traced from the values file.',
    help: 'Move {{name}} to the ConfigMap that the container reads with envFrom.',
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/'],
    severity: 'error',
    recommended: false,
    messages: {
      literal: 'Container {{container}} sets {{name}} to a literal value.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Names of variables that may be literals, as globs.',
        },
      },
    },
  },
  check(container, context) {
    for (const item of container.cursor.at('env').items()) {
      const name = item.at('name').text;
      if (name === undefined || item.at('valueFrom').isMapping) continue;
      if (matchesAnyGlob(name, context.options.allow)) continue;
      context.report(item.at('value').onKey, 'literal', { container: container.name, name });
    }
  },
});
