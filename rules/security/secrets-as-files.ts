import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require Secrets to be mounted as files',
    why: 'Environment variables are shown by crash reports and inherited by every child process; a file is read by whom it is for, and changes when the Secret does.',
    help: 'Mount Secret {{secret}} as a volume and read the file.',
    references: ['https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod'],
    covers: ['kube-linter/read-secret-from-env-var', 'checkov/CKV_K8S_35'],
    severity: 'info',
    recommended: false,
    messages: {
      variable: 'Container {{container}} reads Secret {{secret}} into the variable {{name}}.',
      all: 'Container {{container}} reads all keys of Secret {{secret}} into its environment.',
    },
    options: {
      type: 'object',
      properties: {
        envFrom: { type: 'boolean', default: true, description: 'Whether envFrom is looked at as well.' },
      },
    },
  },
  check({ cursor, name: container }, { options, report }) {
    for (const item of cursor.at('env').items()) {
      const reference = item.at('valueFrom', 'secretKeyRef');
      if (!reference.isMapping) continue;
      report(reference, 'variable', {
        container,
        secret: reference.at('name').text ?? '',
        name: item.at('name').text ?? '',
      });
    }
    if (!options.envFrom) return;
    for (const item of cursor.at('envFrom').items()) {
      const reference = item.at('secretRef');
      if (reference.isMapping) report(reference, 'all', { container, secret: reference.at('name').text ?? '' });
    }
  },
});
