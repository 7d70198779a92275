import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { materialiseChart } from '../../scripts/render-fixtures.mjs';
import { helmPath } from '../../scripts/unpack-helm.mjs';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-{{ .Release.Namespace }}
data:
  A: {{ .Values.a }}
`;

/** A chart whose ConfigMap holds what the values say, so that a number or a boolean is a finding. */
function chart(name: string, files: Readonly<Record<string, string>> = {}): Record<string, string> {
  const all = {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
    'values.yaml': 'a: text\n',
    'templates/config.yaml': TEMPLATE,
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [`${name}/${file}`, text]));
}

const OVERLAYS = { 'values-dev.yaml': 'a: 5\n', 'values.prod.yaml': 'a: true\n' };

/** Lints, and says of each finding where it is, in which environments, in which object and from which values. */
function lint(args: readonly string[], folder: string) {
  const { status, stderr, report } = chartlintJson(args, { folder });
  return {
    status,
    stderr,
    environments: report.environments,
    findings: report.findings.map(({ location, environments, resource, values }) => {
      const from = values.map(({ key, file, line }) => `${key} ${file}:${line}`).join(', ');
      return `${location.file}:${location.line} ${environments.join('+')} ${resource?.name} < ${from}`;
    }),
    errors: report.errors.map(({ kind, message, location }) => {
      return `${kind} ${location?.file}:${location?.line}:${location?.column} ${message}`;
    }),
  };
}

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
    [['--set-string', 'a=7'], ['default'], []],
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
    [['-e', 'nope'], 'There is no environment nope. There are: default, dev, prod.'],
    [['-e', 'prd'], 'There is no environment prd. Did you mean prod?'],
    [['-e', 'dev', '--set', 'a=x'], '--env chooses environments of the policy; -f and --set make one.'],
  ])('%j is refused', (args, message) => {
    const { status, stdout, stderr } = chartlint(['c', ...args], { folder: folder() });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(`chartlint: ${message}\nRun chartlint --help for usage.\n`);
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
      errors: ['input charts/lib:1:1 A library chart renders nothing by itself. Lint a chart that uses it.'],
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

  it('are asked for by the options of charts', () => {
    const folder = folderWith({ 'good.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: good\n' });
    const { status, stderr } = chartlint(['good.yaml', '--set', 'a=b'], { folder });
    expect(status).toBe(2);
    expect(stderr).toContain('--values, --set and --env are for charts, and there is none among the inputs.');
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
        'observer-1.0.0.tgz!templates/configmap.yaml:18 prod observer-config < ' +
          'config.database.host observer-1.0.0.tgz!values-prod.yaml:9',
      ],
    });
  });

  it('may be one that tar made', () => {
    const folder = folderWith(chart('c', OVERLAYS));
    execFileSync('tar', ['czf', 'made.tgz', 'c'], { cwd: folder });
    expect(lint(['made.tgz', '-e', 'dev'], folder)).toMatchObject({
      findings: ['made.tgz!templates/config.yaml:6 dev release-name-default < a made.tgz!values-dev.yaml:1'],
      errors: [],
    });
  });
});

describe('a chart that does not render', () => {
  it.each([
    [
      'in one environment',
      {
        ...OVERLAYS,
        'templates/other.yaml': '{{ if eq (toString .Values.a) "true" }}\n{{ fail "not in production" }}{{ end }}\n',
      },
      ['dev'],
      'render c/templates/other.yaml:2:4 Environment prod does not render: ' +
        'execution error at (c/templates/other.yaml:2:3): not in production',
    ],
    [
      'with broken values in an overlay',
      { ...OVERLAYS, 'values.prod.yaml': 'a: 1\n b: 2\n' },
      ['dev'],
      'render c/values.prod.yaml:2:3 Environment prod does not render: failed to parse values.prod.yaml: ' +
        'cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 2: ' +
        'mapping values are not allowed in this context',
    ],
    [
      'with an overlay that is a list',
      { ...OVERLAYS, 'values.prod.yaml': '- a\n' },
      ['dev'],
      'render c/values.prod.yaml:1:1 Environment prod does not render: failed to parse values.prod.yaml: ' +
        'cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: ' +
        'json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'with broken values',
      { 'values.yaml': 'a: 1\n b: 2\n' },
      [],
      'render c/values.yaml:2:3 The chart cannot be loaded: cannot load values.yaml: cannot unmarshal yaml document: ' +
        'error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
    ],
    [
      'with an unknown function',
      { 'templates/other.yaml': '\n{{ .Values.a | nope }}\n' },
      [],
      'render c/templates/other.yaml:2:16 The chart does not render: ' +
        'parse error at (c/templates/other.yaml:2): function "nope" not defined',
    ],
    [
      'with a template that prints no YAML',
      { 'templates/other.yaml': 'kind: "\n{{ .Values.a }}\n' },
      [],
      'render c/templates/other.yaml:2:1 The chart does not render: YAML parse error on c/templates/other.yaml: ' +
        'error converting YAML to JSON: yaml: line 2: found unexpected end of stream',
    ],
    [
      'without its dependencies',
      {
        'Chart.yaml':
          'apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n' +
          '  - { name: redis, version: 1.0.0, repository: "https://charts.example.com" }\n',
      },
      [],
      'render c:1:1 The chart does not render: an error occurred while checking for chart dependencies. You may need ' +
        'to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ ' +
        'directory: redis',
    ],
    [
      'without a values file of the policy',
      {
        'chartlint.yaml':
          'version: 1\nextends: [recommended]\nenvironments:\n' +
          '  dev: { values: [values.yaml] }\n  live: { values: [values-live.yaml] }\n',
        'values.yaml': 'a: 5\n',
      },
      ['dev'],
      'render c:1:1 Environment live does not render: open values-live.yaml: no such file or directory',
    ],
  ])('%s is an error at its place, and the rest is linted', (_, files, environments, error) => {
    const outcome = lint(['c'], folderWith(chart('c', files)));
    expect(outcome).toMatchObject({ status: 2, stderr: '', errors: [error] });
    expect(outcome.environments.filter((name) => name !== 'default')).toEqual(environments);
    expect(outcome.findings.map((finding) => finding.split(' ')[1])).toEqual(environments);
  });

  it('without the values file of the command line is an error', () => {
    expect(lint(['c', '-f', 'nope.yaml'], folderWith(chart('c')))).toMatchObject({
      status: 2,
      errors: ['render c:1:1 The chart does not render: open nope.yaml: no such file or directory'],
    });
  });

  it('holds up no other chart', () => {
    const folder = folderWith({
      ...chart('a', { 'templates/config.yaml': '{{ fail "no" }}' }),
      ...chart('b', { 'values.yaml': 'a: 5\n' }),
    });
    const { status, findings, errors } = lint(['.'], folder);
    expect(status).toBe(2);
    expect(findings).toEqual(['b/templates/config.yaml:6 default release-name-default < a b/values.yaml:1']);
    expect(errors).toEqual([
      'render a/templates/config.yaml:1:4 The chart does not render: execution error at (a/templates/config.yaml:1:3): no',
    ]);
  });
});

describe('an empty chart', () => {
  it('has nothing to lint', () => {
    const folder = folderWith({ 'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n' });
    expect(lint(['c'], folder)).toMatchObject({
      status: 2,
      errors: [
        'input c:1:1 There is nothing to lint here: no Kubernetes object was found. Use --allow-empty if that is right.',
      ],
    });
    expect(lint(['c', '--allow-empty'], folder)).toMatchObject({ status: 0, errors: [] });
  });
});

it('tells a terminal which of several charts it is at', async () => {
  const folder = folderWith({ ...chart('a'), ...chart('b') });
  const { stderr } = await runMain(['a', 'b'], folder, { isInteractive: true });
  expect(stderr).toBe('');
});
