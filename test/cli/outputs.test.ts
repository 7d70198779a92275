import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pack } from '../helm/chart/chart-files.ts';
import { chartlint, folderWith, ROOT } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\ndata:\n  PORT: 8000\n';
const CHART_YAML = 'apiVersion: v2\nname: c\nversion: 0.1.0\n';
const BASELINE = '{ "version": 1, "findings": [] }\n';
const FILES = {
  '.git/HEAD': '',
  'in.yaml': MANIFEST,
  'dir/a.yaml': MANIFEST,
  'dir/b.yaml': MANIFEST.replace('good', 'other'),
  'c/Chart.yaml': CHART_YAML,
  'c/values.yaml': 'x: y\n',
  'c/README.md': '# About\n',
  'c/templates/c.yaml': MANIFEST,
  'env/p.yaml': 'x: z\n',
  'v.yaml': 'x: w\n',
  'p.yaml': 'version: 1\nextends: [./base.yaml]\nenvironments: { p: { values: [../env/p.yaml] } }\n',
  'base.yaml': 'version: 1\nextends: [recommended]\n',
  'baseline.json': BASELINE,
  'c.tgz': pack({ 'c/Chart.yaml': CHART_YAML, 'c/templates/c.yaml': MANIFEST }),
};

describe('an output that is an input', () => {
  it.each([
    ['the manifest', 'in.yaml', ['in.yaml']],
    ['the manifest by another path', './dir/../in.yaml', ['in.yaml']],
    ['the manifest through a link', 'link.yaml', ['in.yaml']],
    ['what a link leads to that is linted', 'in.yaml', ['link.yaml']],
    ['a file of a folder', 'dir/a.yaml', ['dir']],
    ['a file of a glob', 'dir/a.yaml', ['dir/*.yaml']],
    ['a template', 'c/templates/c.yaml', ['c']],
    ['another file of a chart', 'c/README.md', ['c']],
    ['a file of a chart through a link', 'chart-link/values.yaml', ['c']],
    ['the file of a chart whose template is named', 'c/values.yaml', ['c/templates/c.yaml']],
    ['a packed chart', 'c.tgz', ['c.tgz']],
    ['a values file', 'v.yaml', ['c', '-f', 'v.yaml']],
    ['a file of --set-file', 'v.yaml', ['c', '--set-file', 'x=v.yaml']],
    ['the policy', 'p.yaml', ['c', '--config', 'p.yaml']],
    ['a policy that it extends', 'base.yaml', ['in.yaml', '--policy', './p.yaml']],
    ['a values file of the policy', 'env/p.yaml', ['c', '--config', 'p.yaml']],
    ['the baseline', 'baseline.json', ['in.yaml', '--baseline', 'baseline.json']],
  ])('is refused before anything is written: %s', async (_name, output, args) => {
    const folder = folderWith(FILES);
    symlinkSync('in.yaml', join(folder, 'link.yaml'));
    symlinkSync('c', join(folder, 'chart-link'));
    const before = readFileSync(join(folder, output));
    for (const format of ['json', 'sarif', 'html', 'pretty']) {
      const flags = ['--format', `${format}=${output}`, '--format', 'markdown', '--format', 'junit=other.xml'];
      const { status, stdout, stderr } = await runMain([...args, ...flags], folder);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toBe(
        `chartlint: The output would replace ${output}, which is an input. Write it to another file.\n`,
      );
      expect(readFileSync(join(folder, output))).toEqual(before);
      expect(existsSync(join(folder, 'other.xml'))).toBe(false);
    }
  });

  it.each([
    ['a template', 'c/templates/c.yaml', []],
    ['a packed chart', 'c.tgz', []],
    ['a values file', 'v.yaml', ['-f', 'v.yaml']],
    ['a file of --set-file', 'v.yaml', ['--set-file', 'x=v.yaml']],
  ])('is refused by render: %s', async (_name, output, args) => {
    const folder = folderWith(FILES);
    const before = readFileSync(join(folder, output));
    const chart = output.endsWith('.tgz') ? output : 'c';
    const { status, stdout, stderr } = await runMain(['render', chart, ...args, '--source-map', output], folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`would replace ${output}`);
    expect(readFileSync(join(folder, output))).toEqual(before);
  });

  it('is refused when it is standard input', () => {
    const folder = folderWith(FILES);
    const line = `"$0" "$1" - --format json=in.yaml < in.yaml`;
    const executable = join(ROOT, 'dist/chartlint.cjs');
    const { status } = spawnSync('sh', ['-c', line, process.execPath, executable], { cwd: folder });
    expect(status).toBe(2);
    expect(readFileSync(join(folder, 'in.yaml'), 'utf8')).toBe(MANIFEST);
  });
});

describe('a report of an earlier run', () => {
  it.each(['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html'])(
    'is written anew in a folder and in a chart: %s',
    async (format) => {
      const folder = folderWith(FILES);
      for (const [input, file] of [
        ['dir', 'dir/report.json'],
        ['c', 'c/report.json'],
        ['dir/*', 'dir/report.json'],
      ] as const) {
        for (const policy of ['recommended', './base.yaml', 'recommended']) {
          const args = [input, '--policy', policy, '--format', `${format}=${file}`];
          const { status, stderr } = await runMain(args, folder);
          expect(status).toBe(1);
          // A run that prints nothing says what happened.
          expect(stderr).toMatch(/^chartlint: \d+ errors? in \d+ files?; see .*report\.json\n$/);
        }
      }
    },
  );

  it('is written anew without a finding, and where there was an empty file', async () => {
    const folder = folderWith({ 'dir/a.yaml': MANIFEST.replace('8000', '"8000"'), 'dir/report.json': '' });
    for (const format of ['gitlab', 'github', 'pretty', 'json']) {
      expect((await runMain(['dir', '--format', `${format}=dir/report.json`], folder)).status).toBe(0);
    }
  });

  it('is a source map as well', async () => {
    const folder = folderWith(FILES);
    for (const _ of [1, 2]) {
      const { status, stderr } = await runMain(['render', 'c', '--source-map', 'c/map.jsonl'], folder);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });

  it('is refused when it is named as an input', async () => {
    const folder = folderWith(FILES);
    await runMain(['in.yaml', '--format', 'json=report.json'], folder);
    copyFileSync(join(folder, 'report.json'), join(folder, 'copy.json'));
    const { status } = await runMain(['report.json', '--format', 'json=report.json'], folder);
    expect(status).toBe(2);
    expect(readFileSync(join(folder, 'report.json'))).toEqual(readFileSync(join(folder, 'copy.json')));
  });
});

it('writes a report beside what it lints', () => {
  const folder = folderWith(FILES);
  expect(chartlint(['in.yaml', '--format', 'json=out.json'], { folder }).status).toBe(1);
});
