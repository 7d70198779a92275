import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { materialiseChart } from '../../scripts/render-fixtures.mjs';
import { helmPath } from '../../scripts/unpack-helm.mjs';
import { chart, lint, OVERLAYS } from './chart-run.ts';
import { chartlint, folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

describe('a chart without a policy', () => {
  const folder = (): string => folderWith(chart('c', OVERLAYS));

  it('is linted with its values, and with each overlay beside them', () => {
    const outcome = lint(['c'], folder());
    expect(outcome).toMatchObject({ status: 1, stderr: '', environments: ['default', 'dev', 'prod'], errors: [] });
    expect(outcome.findings.toSorted()).toEqual([
      'c/templates/config.yaml:6 dev release-name-default < a c/values-dev.yaml:1',
      'c/templates/config.yaml:6 prod release-name-default < a c/values.prod.yaml:1',
    ]);
  });

  it.each([
    [['-e', 'prod'], ['prod'], ['prod release-name-default < a c/values.prod.yaml:1']],
    [['-e', 'prod', '--env', 'default'], ['default', 'prod'], ['prod release-name-default < a c/values.prod.yaml:1']],
    [['-f', 'c/values-dev.yaml'], ['dev'], ['dev release-name-default < a c/values-dev.yaml:1']],
    [['-f', 'c/values-dev.yaml', '--set', 'a=x'], ['dev'], []],
    [['--set', 'a=7'], ['default'], ['default release-name-default < a --set:1']],
    [['--set-string', 'a=7'], ['default'], ['default release-name-default < a --set-string:1']],
    [['--set-json', 'a="x"'], ['default'], []],
    [['-e', 'dev', '-n', 'live', '--release-name', 'r'], ['dev'], ['dev r-live < a c/values-dev.yaml:1']],
  ])('%j chooses what is rendered', (args, environments, findings) => {
    const outcome = lint(['c', ...args], folder());
    expect(outcome).toEqual({
      status: findings.length === 0 ? 0 : 1,
      stderr: '',
      environments,
      findings: findings.map((finding) => `c/templates/config.yaml:6 ${finding}`),
      errors: [],
    });
  });

  it.each([
    [['-e', 'nope'], 'There is no environment nope. Expected one of: default, dev, prod.'],
    [['-e', 'prd'], 'There is no environment prd. Did you mean prod?'],
    [
      ['-e', 'dev', '--set', 'a=x'],
      '--env selects environments of the policy; it cannot be used with -f or --set, which define a new one.',
    ],
  ])('%j is refused', (args, message) => {
    const { status, stdout, stderr } = chartlint(['c', ...args], { folder: folder() });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(`chartlint: ${message}\n`);
  });

  it('is found in the working directory', () => {
    const inside = join(folder(), 'c');
    const findings = ['templates/config.yaml:6 dev release-name-default < a values-dev.yaml:1'];
    for (const args of [
      ['.', '-e', 'dev'],
      ['-e', 'dev'],
    ]) {
      expect(lint(args, inside)).toMatchObject({ status: 1, findings, errors: [] });
    }
    expect(lint(['../c', '-e', 'dev'], inside)).toMatchObject({ status: 1, findings, errors: [] });
  });
});

describe('charts among the inputs', () => {
  it('are all found in a folder, and a library is left to those that use it', async () => {
    const folder = folderWith({
      ...chart('charts/b', { 'values.yaml': 'a: 5\n' }),
      ...chart('charts/a', { 'values.yaml': 'a: 6\n' }),
      ...chart('charts/lib', { 'Chart.yaml': 'apiVersion: v2\nname: lib\ntype: library\nversion: 1.0.0\n' }),
      'charts/README.md': '',
    });
    expect(lint(['charts'], folder)).toEqual({
      status: 1,
      stderr: '',
      environments: ['default'],
      findings: [
        'charts/a/templates/config.yaml:6 default release-name-default < a charts/a/values.yaml:1',
        'charts/b/templates/config.yaml:6 default release-name-default < a charts/b/values.yaml:1',
      ],
      errors: [],
    });
    expect(lint(['charts/lib'], folder)).toMatchObject({
      status: 2,
      errors: ['input charts/lib/Chart.yaml:1:1 A library chart renders nothing by itself. Lint a chart that uses it.'],
    });
    expect(lint(['charts/lib', '--allow-empty'], folder)).toMatchObject({ status: 0, errors: [] });
  });

  it('are linted beside manifests, each as what it is', () => {
    const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\ndata:\n  PORT: 8000\n';
    const folder = folderWith({ ...chart('c', OVERLAYS), 'good.yaml': manifest });
    expect(lint(['c', 'good.yaml', '-e', 'dev'], folder)).toMatchObject({
      status: 1,
      environments: ['dev'],
      findings: ['c/templates/config.yaml:6 dev release-name-default < a c/values-dev.yaml:1', 'good.yaml:6  good < '],
      errors: [],
    });
  });

  it.each(['--set', '--set-string', '--set-literal'])('are asked for by the options of charts: %s', (option) => {
    const folder = folderWith({ 'good.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: good\n' });
    const { status, stderr } = chartlint(['good.yaml', option, 'a=b'], { folder });
    expect(status).toBe(2);
    expect(stderr).toContain('--values, --set and --env are for charts, but there are none among the inputs.');
  });
});

describe('an archived chart', () => {
  it('is linted as its folder is', ({ skip }) => {
    const helm = helmPath();
    if (helm === undefined) return skip('the packaged helm runs on linux/x64 only');
    const folder = folderWith({});
    materialiseChart(undefined, join(folder, 'observer'));
    cpSync(join(folder, 'observer'), join(folder, 'broken'), { recursive: true });
    materialiseChart('config-values--empty-value', join(folder, 'broken'));
    const options = { cwd: folder, env: { HOME: folder }, stdio: 'pipe' } as const;
    execFileSync(helm, ['package', 'observer'], options);
    expect(lint(['observer-1.0.0.tgz', '-p', 'observer'], folder)).toEqual({
      status: 0,
      stderr: '',
      environments: ['dev', 'prod'],
      findings: [],
      errors: [],
    });
    execFileSync(helm, ['package', 'broken'], options);
    expect(lint(['observer-1.0.0.tgz', '-p', 'observer'], folder)).toMatchObject({
      status: 1,
      findings: [
        'observer-1.0.0.tgz!observer/templates/configmap.yaml:18 prod observer-config < ' +
          'config.database.host observer-1.0.0.tgz!observer/values-prod.yaml:9',
      ],
    });
  });

  it('may be one that tar made', () => {
    const folder = folderWith(chart('c', OVERLAYS));
    execFileSync('tar', ['czf', 'made.tgz', 'c'], { cwd: folder });
    expect(lint(['made.tgz', '-e', 'dev'], folder)).toMatchObject({
      findings: ['made.tgz!c/templates/config.yaml:6 dev release-name-default < a made.tgz!c/values-dev.yaml:1'],
      errors: [],
    });
  });
});

describe('an empty chart', () => {
  it('has nothing to lint', () => {
    const folder = folderWith({ 'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n' });
    expect(lint(['c'], folder)).toMatchObject({
      status: 2,
      errors: [
        'input c/Chart.yaml:1:1 There is nothing to lint here: no Kubernetes object was found. Use --allow-empty if that is expected.',
      ],
    });
    expect(lint(['c', '--allow-empty'], folder)).toMatchObject({ status: 0, errors: [] });
  });
});

it('tells a terminal what it is at when the work takes long', async () => {
  const long = `sub/${'l'.repeat(90)}.yaml`;
  const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
  const folder = folderWith({
    ...chart('a'),
    ...chart('b'),
    ...chart('c', OVERLAYS),
    'm.yaml': '',
    [long]: configMap,
    'sub/m\u001b[2J.yaml': `${configMap}# ${'x'.repeat(2_999_900)}\n---\n${configMap}`,
  });
  const progressOf = async (inputs: readonly string[], secondsPerCall: number): Promise<string[]> => {
    const shown: string[] = [];
    let now = 0;
    const clock = vi.spyOn(process, 'uptime').mockImplementation(() => (now += secondsPerCall));
    try {
      await runMain(inputs, folder, { showProgress: (text) => shown.push(text) });
    } finally {
      clock.mockRestore();
    }
    return shown;
  };
  expect(await progressOf(['a', 'b', 'm.yaml'], 0)).toEqual([]);
  expect(await progressOf(['a', 'b', 'm.yaml'], 1)).toEqual(['1/2 a (default)', '2/2 b (default)', '0 % m.yaml', '']);
  expect(await progressOf(['sub'], 1)).toEqual([
    `0 % sub/${'l'.repeat(70)}…`,
    '0 % sub/m\\u001b[2J.yaml',
    '99 % sub/m\\u001b[2J.yaml',
    'checking 3 resources',
    '',
  ]);
  expect(await progressOf(['baseline', 'a'], 1)).toEqual(['1/1 a (default)', '']);
  // b has no such environment: the run fails, and the terminal is wiped all the same.
  expect(await progressOf(['c', 'b', '-e', 'dev'], 1)).toEqual(['1/2 c (dev)', '']);
});
