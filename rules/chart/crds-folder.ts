import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require the files of crds/ to be CustomResourceDefinitions',
    why: 'Helm installs what lies in crds/ as it is, before everything else, and never changes or deletes it: templates are not rendered there, and other objects stay as they were on the first day.',
    help: {
      template: 'Move {{file}} to templates/, or write it without actions.',
      other: 'Move the {{kind}} to templates/.',
      invalid: 'Write a CustomResourceDefinition, or remove {{file}}.',
    },
    references: ['https://helm.sh/docs/chart_best_practices/custom_resource_definitions/'],
    covers: ['helm-lint/crds-folder'],
    severity: 'warning',
    recommended: false,
    messages: {
      template: '{{file}} is in crds/, but has template actions, which Helm does not render there.',
      other: '{{file}} has a {{kind}} ({{apiVersion}}); expected CustomResourceDefinitions of apiextensions.k8s.io.',
      invalid: '{{file}} is in crds/, but cannot be read as YAML: {{problem}}.',
    },
  },
  check({ files, documentsAt, fileAt }, { report }) {
    for (const file of files) {
      if (!file.startsWith('crds/') || !/\.(?:ya?ml|json)$/i.test(file)) continue;
      for (const document of documentsAt(file)) {
        if ('problem' in document) {
          report(fileAt(file), document.hasActions ? 'template' : 'invalid', {
            file,
            problem: document.problem.replace(/\.$/, ''),
          });
          continue;
        }
        const { root } = document;
        if (!root.isMapping) continue;
        const kind = root.at('kind').text ?? 'object without a kind';
        const apiVersion = root.at('apiVersion').text ?? 'no apiVersion';
        if (kind === 'CustomResourceDefinition' && apiVersion.startsWith('apiextensions.k8s.io/')) continue;
        const place = root.at('kind').exists ? root.at('kind') : root;
        report(place, 'other', { file, kind, apiVersion });
      }
    }
  },
});
