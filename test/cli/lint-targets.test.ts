import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chart, lint } from './chart-run.ts';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';

const WRONG = { 'values.yaml': 'a: 5\n' };
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  PORT: 8000\n';
const FOUND_A = 'charts/a/templates/config.yaml:6 default release-name-default < a charts/a/values.yaml:1';
const FOUND_B = FOUND_A.replaceAll('charts/a', 'charts/b');

function project(files: Readonly<Record<string, string>> = {}): string {
  return folderWith({
    '.git/': '',
    ...chart('charts/a', WRONG),
    ...chart('charts/a/charts/sub', { 'templates/config.yaml': '' }),
    ...chart('charts/b', WRONG),
    'manifests/m.yaml': CONFIG_MAP,
    ...files,
  });
}

describe('a file of a chart stands for the chart', () => {
  it.each([
    [['charts/a/templates/config.yaml'], [FOUND_A]],
    [['charts/a/values.yaml', 'charts/a/Chart.yaml', 'charts/a/templates/config.yaml', 'charts/a'], [FOUND_A]],
    [['charts/a/charts/sub/values.yaml'], [FOUND_A]],
    [
      ['charts/b/values.yaml', 'charts/a/values.yaml'],
      [FOUND_A, FOUND_B],
    ],
    [['charts/*/templates/*.yaml'], [FOUND_A, FOUND_B]],
    [
      ['charts/a/README.md', 'manifests/m.yaml'],
      [FOUND_A, 'manifests/m.yaml:6  m < '],
    ],
  ])('%j', (args, findings) => {
    const folder = project({ 'charts/a/README.md': '' });
    expect(lint(args, folder)).toEqual({ status: 1, stderr: '', environments: ['default'], findings, errors: [] });
  });

  it('also where the chart is the working directory, and the file is gone', () => {
    const folder = join(project(), 'charts/a');
    const findings = ['templates/config.yaml:6 default release-name-default < a values.yaml:1'];
    expect(lint(['values.yaml'], folder)).toMatchObject({ status: 1, findings, errors: [] });
    expect(lint(['templates/gone.yaml'], folder)).toMatchObject({ status: 2 });
  });
});

describe('files outside of charts', () => {
  const policy = 'version: 1\nextends: [recommended]\nenvironments:\n  x: { values: [../../env/b.yaml] }\n';
  const env = { 'env/b.yaml': 'a: 6\n', 'charts/b/chartlint.yaml': policy };

  it('stand for the charts whose policies name them', () => {
    const found = FOUND_B.replace('default', 'x').replace('charts/b/values.yaml', 'env/b.yaml');
    expect(lint(['env/b.yaml'], project(env))).toMatchObject({ status: 1, findings: [found], errors: [] });
  });

  it('are an error when they are values of no chart', () => {
    const folder = project({ ...env, 'env/values-lost.yaml': 'a: 5\n' });
    const { status, report } = chartlintJson(['env/values-lost.yaml'], { folder });
    expect(status).toBe(2);
    expect(report.errors).toHaveLength(1);
    expect(report.errors[0]).toMatchObject({ location: { file: 'env/values-lost.yaml', line: 1 } });
    expect(report.errors[0]?.message).toMatch(
      /^This values file belongs to no chart: it is not inside one, and no policy/,
    );
  });

  it('are no manifests where a folder holds them and a policy, or the command line, has them for values', () => {
    const found = FOUND_B.replace('default', 'x').replace('charts/b/values.yaml', 'env/b.yaml');
    const folder = project({ ...env, 'env/m.yaml': CONFIG_MAP });
    for (const inputs of [['env'], ['charts/b', 'env']]) {
      const { findings, errors } = lint(inputs, folder);
      expect({ findings: findings.toSorted(), errors }).toEqual({
        findings: [found, 'env/m.yaml:6  m < '],
        errors: [],
      });
    }
    expect(lint(['.', '-f', 'env/b.yaml'], project({ 'env/b.yaml': 'a: x\n' }))).toMatchObject({ errors: [] });
    const { status, report } = chartlintJson(['.'], { folder: project({ ...env, 'env/lost.yaml': 'a: 5\n' }) });
    expect({ status, files: report.errors.map(({ location }) => location?.file) }).toEqual({
      status: 2,
      files: ['env/lost.yaml'],
    });
  });

  it('are left out of a folder where they are hidden and hold no object', () => {
    const folder = project({
      '.github/workflows/lint.yml': 'on: [push]\njobs: {}\n',
      '.gitlab-ci.yml': 'a: !reference [b, c]\n',
      '.pre-commit-config.yaml': 'repos: []\n',
      '.deploy/m.yaml': CONFIG_MAP,
      ...chart('.helm', WRONG),
    });
    expect(lint([], folder)).toMatchObject({
      status: 1,
      findings: [
        '.deploy/m.yaml:6  m < ',
        FOUND_A.replaceAll('charts/a', '.helm'),
        FOUND_A,
        FOUND_B,
        'manifests/m.yaml:6  m < ',
      ],
      errors: [],
    });
    expect(lint(['.github/workflows/lint.yml'], folder)).toMatchObject({ status: 2 });
    expect(lint(['.github'], folder)).toMatchObject({ status: 2 });
    expect(lint(['.github/workflows'], folder)).toMatchObject({ status: 2 });
  });

  it('stand, as policies, for the charts that use them, or for the manifests of their folder', () => {
    const folder = project({
      ...env,
      'chartlint.yaml': 'version: 1\nextends: [recommended]\n',
      'm/a.yaml': CONFIG_MAP,
    });
    expect(lint(['chartlint.yaml'], folder)).toMatchObject({ findings: [FOUND_A], errors: [] });
    writeFileSync(join(folder, 'm/chartlint.yaml'), 'version: 1\nextends: [recommended]\n');
    expect(lint(['m/chartlint.yaml'], folder)).toMatchObject({ findings: ['m/a.yaml:6  m < '], errors: [] });
  });

  it('stand, as parts of a library, for the charts that have it by a local path', () => {
    const library = 'apiVersion: v2\nname: lib\ntype: library\nversion: 1.0.0\n';
    const user =
      'apiVersion: v2\nname: u\nversion: 1.0.0\ndependencies: [{ name: lib, version: 1.0.0, repository: file://../lib }]\n';
    const folder = project({
      ...chart('charts/u', { ...WRONG, 'Chart.yaml': user }),
      ...chart('charts/u/charts/lib', { 'Chart.yaml': library }),
      ...chart('charts/lib', { 'Chart.yaml': library }),
    });
    const findings = [FOUND_A.replaceAll('charts/a', 'charts/u')];
    expect(lint(['charts/lib/values.yaml'], folder)).toMatchObject({ findings, errors: [] });
    // Or by way of another library.
    mkdirSync(join(folder, 'charts/base'));
    writeFileSync(join(folder, 'charts/base/Chart.yaml'), library.replace('lib', 'base'));
    const dependency = 'dependencies: [{ name: base, version: 1.0.0, repository: file://../base }]\n';
    writeFileSync(join(folder, 'charts/lib/Chart.yaml'), library + dependency);
    expect(lint(['charts/base/Chart.yaml'], folder)).toMatchObject({ findings, errors: [] });
  });
});

describe('charts with policies of their own', () => {
  it('are each linted with theirs, in one report', () => {
    const folder = project({
      'charts/a/chartlint.yaml': 'version: 1\nname: one\nextends: [recommended]\n',
      'charts/b/chartlint.yaml':
        'version: 1\nname: two\nprinciples:\n  p: { title: P, checks: [{ rule: probe-required }] }\n',
    });
    const { status, report } = chartlintJson(['charts/a/values.yaml', 'charts/b/values.yaml'], { folder });
    expect({ status, policy: report.policy, files: report.findings.map(({ location }) => location.file) }).toEqual({
      status: 1,
      policy: { name: 'one, two', file: null },
      files: ['charts/a/templates/config.yaml'],
    });
    expect(report.principles.map(({ id }) => id)).toEqual(expect.arrayContaining(['valid-manifests', 'p']));
  });

  it('are linted with theirs in a folder that holds manifests too', () => {
    const folder = project({ 'charts/a/chartlint.yaml': 'version: 1\nname: none\nprinciples: {}\n' });
    expect(lint(['.'], folder)).toMatchObject({ findings: [FOUND_B, 'manifests/m.yaml:6  m < '], errors: [] });
  });
});

describe('--hook', () => {
  it('leaves out what is gone and what is none of ours, and says when nothing is left', () => {
    const folder = project({ 'app/templates/page.html': '<p>' });
    const files = ['app/templates/page.html', 'gone.yaml', 'charts/gone/values.yaml'];
    const nothing = 'chartlint: None of the files belongs to a chart or is a manifest: there is nothing to lint.\n';
    expect(chartlint(['--hook', ...files], { folder })).toMatchObject({ status: 0, stderr: nothing });
    expect(lint(['--hook', 'charts/a/values.yaml', ...files], folder)).toMatchObject({
      findings: [FOUND_A],
      errors: [],
    });
    expect(chartlint(files, { folder }).status).toBe(2);
  });
});
