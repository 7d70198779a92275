import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require the files of templates/ to have an extension that Helm expects',
    why: 'Helm renders every file of templates/ as a manifest, whatever it is called: a note, a backup or a picture there breaks the release.',
    help: 'Rename {{file}} to end in .yaml, .yml, .tpl or .txt, or move it out of templates/.',
    references: ['https://helm.sh/docs/topics/charts/#template-files'],
    covers: ['helm-lint/template-extension'],
    severity: 'warning',
    recommended: false,
    messages: {
      extension: '{{file}} is in templates/, but does not end in .yaml, .yml, .tpl or .txt.',
    },
  },
  check({ files, fileAt }, { report }) {
    for (const file of files) {
      if (file.startsWith('templates/') && !/\.(?:ya?ml|tpl|txt)$/.test(file))
        report(fileAt(file), 'extension', { file });
    }
  },
});
