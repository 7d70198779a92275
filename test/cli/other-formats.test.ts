import { describe, expect, it } from 'vitest';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\n';
const MANIFEST = `${CONFIG}metadata: { name: a }\n`;
const PATCH = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: x }\n';

describe('a file of another program in a folder is skipped and counted', () => {
  it.each([
    ['compose.yaml', 'services: { a: { image: nginx } }\n', 'a Compose file'],
    ['docker-compose.prod.yml', 'volumes: { a: {} }\n', 'a Compose file'],
    ['stack.yml', 'services:\n  db:\n    build: .\n', 'a Compose file'],
    ['package.json', '{"name": "a", "kind-of": 1}', 'a file of a package manager'],
    ['.github/workflows/ci.yml', 'on: push\njobs: {}\n# apiVersion\n', 'a workflow of GitHub Actions'],
    ['release.yaml', 'on: [push]\njobs:\n  a:\n    runs-on: x\n', 'a workflow of GitHub Actions'],
    ['action.yml', 'name: a\nruns:\n  using: composite\n', 'an action of GitHub Actions'],
    ['.gitlab-ci.yml', 'test:\n  script: [make]\n', 'a configuration of GitLab CI'],
    ['jobs.yml', 'stages: [a]\ntest:\n  script: [make]\n', 'a configuration of GitLab CI'],
    ['azure-pipelines.yml', 'trigger: [main]\n', 'a configuration of a CI system'],
    ['.pre-commit-config.yaml', 'repos: []\n', 'a configuration of a development tool'],
    ['helmfile.yaml', 'releases:\n{{ range .x }}\n', 'a Helmfile'],
    ['apps.yaml', 'releases:\n  - { name: a, chart: ./a }\n', 'a Helmfile'],
    ['values-prod.yaml', 'image: { kind: a }\nmetadata: { a: b }\n', 'a values file'],
    ['app-values.yaml', 'a: 1\n', 'a values file'],
    ['values/prod.yaml', 'a: 1\n', 'a values file'],
    ['app.schema.json', '{ "properties": { "kind": {} } }', 'a JSON Schema'],
    ['s.json', '{"$schema": "http://json-schema.org/draft-07/schema#"}', 'a JSON Schema'],
    ['team.yaml', 'version: 1\nextends: [recommended]\n', 'a policy of chartlint'],
    ['api.yaml', 'openapi: 3.0.0\ninfo: { title: a }\n', 'an OpenAPI description'],
    ['alerts.yaml', 'groups: [{ name: a, rules: [] }]\n', 'a file of Prometheus rules'],
    ['ops.yaml', '- { op: remove, path: /a }\n', 'a JSON patch'],
    ['site.yml', '- hosts: all\n  tasks: []\n', 'a playbook of Ansible'],
    ['.hidden.yaml', 'a: 1\n', 'a hidden file without an object'],
    ['broken/compose.yaml', 'services: [\n', 'a Compose file'],
  ])('%s', (file, text, reason) => {
    const folder = folderWith({ 'm.yaml': MANIFEST, [file]: text });
    const { status, report } = chartlintJson(['.'], { folder });
    expect({ status, errors: report.errors, skipped: report.skipped }).toEqual({
      status: 0,
      errors: [],
      skipped: [{ file, reason }],
    });
    expect(report.summary.files).toBe(1);
  });

  it('also among the files of a glob, and of a hook', () => {
    const folder = folderWith({
      '.git/': '',
      'm.yaml': MANIFEST,
      'compose.yaml': 'services: {}\n',
      'values.yaml': 'a: 1',
    });
    const skipped = [
      { file: 'compose.yaml', reason: 'a Compose file' },
      { file: 'values.yaml', reason: 'a values file of no chart' },
    ];
    expect(chartlintJson(['*.yaml'], { folder })).toMatchObject({ status: 0, report: { errors: [], skipped } });
    const files = ['m.yaml', 'compose.yaml', 'values.yaml'];
    expect(chartlintJson(['--hook', ...files], { folder })).toMatchObject({
      status: 0,
      report: { errors: [], skipped },
    });
  });

  it('and listed with --verbose', () => {
    const folder = folderWith({ 'm.yaml': MANIFEST, 'compose.yaml': 'services: {}\n', 'package.json': '{}' });
    const listed = '  compose.yaml (a Compose file)\n  package.json (a file of a package manager)\n';
    const { stdout } = chartlint(['.'], { folder });
    expect(stdout).toMatch(/; 2 files skipped, listed with --verbose\n/);
    expect(stdout).not.toContain(listed);
    const verbose = chartlint(['.', '--verbose'], { folder }).stdout;
    expect(verbose).toContain(`2 files skipped, without a manifest\n${listed}`);
    expect(verbose).toMatch(/; 2 files skipped\n/);
    expect(chartlint(['.', '--format', 'markdown'], { folder }).stdout).toContain('2 files skipped');
  });

  it('unless there is nothing else', () => {
    const folder = folderWith({ 'a/compose.yaml': 'services: {}\n' });
    for (const input of ['a', 'a/*.yaml']) {
      const { status, report } = chartlintJson([input], { folder });
      expect(status).toBe(2);
      expect(report.errors[0]?.message).toBe(
        'There is no chart and no manifest here: a/compose.yaml is a Compose file. Specify the folder that contains the manifests.',
      );
    }
    expect(chartlint(['a', '--allow-empty'], { folder }).status).toBe(0);
  });
});

describe('what is or was meant to be an object stays one', () => {
  it.each([
    ['compose.yaml', 'apiVersoin: v1\nkind: ConfigMap\nmetadata: { name: a }\n'],
    ['values.yaml', 'metadata: { name: a }\nspec: { a: 1 }\n'],
    ['stack.yaml', 'apiVersion: v1\nknid: ConfigMap\nmetadata: { name: a }\nservices: { a: { image: b } }\n'],
    ['package.json', '{ "metadata": {}, "kind": "Pod" }'],
    ['release.yaml', `on: push\njobs: {}\n---\nkind: Pod\n`],
    ['nothing-known.yaml', 'a: 1\n'],
    ['broken.yaml', 'services: [\n'],
  ])('%s', (file, text) => {
    const folder = folderWith({ 'm.yaml': MANIFEST, [file]: text });
    const { status, report } = chartlintJson(['.'], { folder });
    expect(status).toBe(2);
    expect(new Set(report.errors.map(({ location }) => location?.file))).toEqual(new Set([file]));
    expect(report.skipped).toBeUndefined();
  });
});

describe('a file of another program that is named', () => {
  it.each([
    ['compose.yaml', 'a: 1\n', 'a Compose file', 'Leave it out of the inputs.'],
    ['helmfile.yaml', 'releases: []\n', 'a Helmfile', 'Lint what it renders: helmfile template | chartlint -'],
    ['k/kustomization.yaml', 'a: 1\n', 'a kustomization', 'Lint what it builds: kustomize build k | chartlint -'],
    ['x-values.yaml', 'a: 1\n', 'a values file', 'Lint the chart with it: chartlint CHART --values x-values.yaml'],
    [
      'team.yaml',
      'version: 1\nextends: [recommended]\n',
      'a policy of chartlint',
      'To lint with it: chartlint --config team.yaml INPUT',
    ],
  ])('is an error that says what it is and what to run: %s', (file, text, format, help) => {
    const folder = folderWith({ 'm.yaml': MANIFEST, [file]: text });
    for (const inputs of [[file], ['.', file], [file, '.']]) {
      const { status, report } = chartlintJson(inputs, { folder });
      expect(status).toBe(2);
      const message = `This is ${format}, not a manifest of Kubernetes.`;
      expect(report.errors).toMatchObject([{ kind: 'input', message, help, location: { file, line: 1 } }]);
    }
  });
});

describe('what a kustomization reads beside resources is skipped', () => {
  const files = {
    '.git/': '',
    'k/kustomization.yml':
      'resources: [m.yaml, both.yaml]\n' +
      'patches: [{ path: one.yaml }, { path: ../common/two.yaml }, { path: both.yaml }, { patch: "- op: remove\\n  path: /a" }]\n' +
      'patchesStrategicMerge: [three.yaml]\npatchesJson6902: [{ path: four.yaml }]\nconfigurations: [names.yaml]\n' +
      'generators: [maps.yaml]\ntransformers: [prefix.yaml]\nvalidators: [policy.yaml]\n' +
      'configMapGenerator: [{ name: a, files: [app.yaml, b.json=data/b.json] }]\nhelmCharts: [{ name: a, valuesFile: of-chart.yaml }]\n',
    'k/m.yaml': MANIFEST,
    'k/both.yaml': MANIFEST.replace('name: a', 'name: b'),
    'k/one.yaml': PATCH,
    'common/two.yaml': PATCH,
    'k/three.yaml': PATCH,
    'k/four.yaml': '- { op: replace, path: /spec/replicas, value: 3 }\n',
    'k/names.yaml': 'a: 1\n',
    'k/maps.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: { name: a }\n',
    'k/prefix.yaml': 'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: { name: a }\n',
    'k/policy.yaml': 'apiVersion: builtin\nkind: Anything\nmetadata: { name: a }\n',
    'k/app.yaml': 'port: 1\n',
    'k/data/b.json': '{}',
    'k/of-chart.yaml': 'a: 1\n',
  };

  it('in a folder, with the reason', () => {
    const { status, report } = chartlintJson(['.'], { folder: folderWith(files) });
    expect({ status, errors: report.errors, findings: report.findings, files: report.summary.files }).toEqual({
      status: 0,
      errors: [],
      findings: [],
      files: 2,
    });
    const of = (role: string): string => `${role} of k/kustomization.yml`;
    expect(Object.fromEntries((report.skipped ?? []).map(({ file, reason }) => [file, reason]))).toEqual({
      'common/two.yaml': of('a patch'),
      'k/app.yaml': of('the content of a key'),
      'k/data/b.json': of('the content of a key'),
      'k/four.yaml': of('a patch'),
      'k/kustomization.yml': 'a kustomization',
      'k/maps.yaml': of('a generator'),
      'k/names.yaml': of('a configuration'),
      'k/of-chart.yaml': of('a values file'),
      'k/one.yaml': of('a patch'),
      'k/policy.yaml': of('a transformer'),
      'k/prefix.yaml': of('a transformer'),
      'k/three.yaml': of('a patch'),
    });
  });

  it('among the files of a glob, though it does not name the kustomization', () => {
    const { report } = chartlintJson(['k/[m-o]*e*.yaml', 'k/m.yaml'], { folder: folderWith(files) });
    expect(report.errors).toHaveLength(1);
    expect(report.skipped?.map(({ file }) => file)).toEqual(['k/names.yaml', 'k/one.yaml']);
  });

  it('and an error where it is named', () => {
    const { status, report } = chartlintJson(['k/one.yaml'], { folder: folderWith(files) });
    expect(status).toBe(2);
    expect(report.errors).toMatchObject([
      {
        message: 'This is a patch of k/kustomization.yml, not a manifest of Kubernetes.',
        help: 'Lint what it builds: kustomize build k | chartlint -',
      },
    ]);
    expect(report.findings).toEqual([]);
  });
});
