import { defineRule } from '../../src/rule/rule.ts';
import { matchesGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require the files that the design lists for a chart',
    why:
      'In a chart that is laid out as designed, everyone finds what they are looking for. File names are case-sensitive: Helm ' +
      'uses only NOTES.txt as notes, and renders templates/notes.txt as a manifest, which no cluster accepts.',
    help: {
      missing: 'Add {{file}} to the chart.',
      case: 'Rename {{found}} to {{file}}.',
      notes: 'Rename {{found}} to {{file}}.',
    },
    references: [
      'https://helm.sh/docs/topics/charts/#the-chart-file-structure',
      'https://helm.sh/docs/chart_template_guide/notes_files/',
    ],
    covers: ['helm-lint/values-file-present'],
    severity: 'error',
    recommended: false,
    messages: {
      missing: 'The chart has no {{file}}.',
      case: 'The chart has {{found}} where {{file}} is expected: file names are case-sensitive.',
      notes: 'Helm recognizes only NOTES.txt: it renders {{found}} as a manifest, and helm install fails on it.',
    },
    options: {
      type: 'object',
      properties: {
        files: {
          type: 'array',
          items: { type: 'string' },
          default: ['Chart.yaml', 'values.yaml'],
          description: 'Files that must exist, as globs of paths in the chart.',
        },
      },
    },
  },
  check({ manifest, files, fileAt }, context) {
    for (const file of context.options.files) {
      if (files.some((name) => matchesGlob(name, file))) continue;
      const found = files.find((name) => matchesGlob(name.toLowerCase(), file.toLowerCase()));
      if (found === undefined) context.report(manifest.at('name'), 'missing', { file });
      else context.report(fileAt(found), found.endsWith('notes.txt') ? 'notes' : 'case', { found, file });
    }
  },
});
