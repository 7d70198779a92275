import { defineRule } from '../../src/rule/rule.ts';
import { looksSecret } from '../../src/kube/secret-name.ts';
import { isSecretPlaceholder } from '../../src/kube/secret-placeholder.ts';
import { detectSecretValue } from '../../src/kube/secret-value.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Disallow secrets written as literal values of environment variables',
    why:
      'A literal in a workload is committed with it and shown to everyone who may read the Pod. Secrets belong in a ' +
      'Secret, which has permissions of its own.',
    help: 'Move {{name}} to a Secret and read it with envFrom or a secretKeyRef; change it if it has been committed.',
    references: [
      'https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/',
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
    ],
    covers: ['kube-linter/env-var-secret', 'polaris/sensitiveContainerEnvVar'],
    severity: 'error',
    recommended: true,
    messages: {
      listed: 'Container {{container}} sets {{name}} to a literal value, but it belongs in a Secret.',
      suspicious: 'Container {{container}} sets {{name}}, which is a secret, judging by its name, to a literal value.',
      value: 'Container {{container}} sets {{name}} to a literal that holds a secret: {{title}}.',
    },
    options: {
      type: 'object',
      properties: {
        keys: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Names of variables that belong in a Secret, as globs.',
        },
        looksSecret: {
          type: 'boolean',
          default: true,
          description: 'Whether to report other variables whose names look secret.',
        },
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Names of variables that are not secrets despite their names, as globs.',
        },
      },
    },
  },
  secretKeys: ({ keys }) => keys,
  check(container, context) {
    const { keys, allow, looksSecret: mayLookSecret } = context.options;
    for (const item of container.cursor.at('env').items()) {
      const name = item.at('name').text;
      const value = item.at('value');
      if (name === undefined || value.isNull || value.text === undefined || item.at('valueFrom').isMapping) continue;
      if (matchesAnyGlob(name, allow)) continue;
      const data = { container: container.name, name };
      const isSomething = !isSecretPlaceholder(value.text);
      const found = detectSecretValue(value.text);
      if (isSomething && matchesAnyGlob(name, keys)) {
        context.report(value.onKey, 'listed', data);
      } else if (found !== undefined) {
        context.report(value.onKey, 'value', { ...data, title: found.title });
      } else if (isSomething && mayLookSecret && looksSecret(name)) {
        context.report(value.onKey, 'suspicious', data);
      }
    }
  },
});
