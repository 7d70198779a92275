import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require every chart in charts/ to be declared',
    why: 'Helm renders whatever lies in charts/. A chart there that Chart.yaml does not name has no version that anybody decided on, and `helm dependency update` removes it.',
    help: 'Add {{name}} to dependencies of Chart.yaml, or remove it from charts/.',
    references: ['https://helm.sh/docs/topics/charts/#chart-dependencies'],
    covers: ['helm-lint/chart-dependencies-declared'],
    severity: 'warning',
    recommended: false,
    messages: {
      undeclared: '{{folder}} is in charts/, but Chart.yaml does not declare it.',
    },
  },
  check({ files, fileAt, manifest }, { report }) {
    if (files.includes('requirements.yaml')) return;
    const declared = new Set(
      manifest
        .at('dependencies')
        .items()
        .map((item) => item.at('name').text),
    );
    const seen = new Set<string>();
    for (const file of files) {
      const [, folder, archive] = /^charts\/(?:([^/]+)\/Chart\.yaml|([^/]+)\.tgz)$/.exec(file) ?? [];
      // Helm passes over folders that begin with an underscore or a dot.
      const found = folder ?? archive;
      if (found === undefined || /^[._]/.test(found)) continue;
      const name = folder ?? archive?.replace(/-v?\d[^/]*$/, '') ?? '';
      if (declared.has(name) || seen.has(name)) continue;
      seen.add(name);
      report(fileAt(file), 'undeclared', { folder: file.replace(/\/Chart\.yaml$/, ''), name });
    }
  },
});
