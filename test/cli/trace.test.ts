import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { materialiseChart } from '../../scripts/render-fixtures.mjs';
import type { EnvironmentTrace } from '../../src/engine/trace/trace-settings.ts';
import { chartlint, folderWith, ROOT, type Outcome } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const CHART = 'fixtures/charts/observer';

interface TraceReport {
  readonly version: number;
  readonly environments: readonly EnvironmentTrace[];
}

async function traceJson(args: readonly string[], folder: string): Promise<Outcome & { report: TraceReport }> {
  const outcome = await runMain(['trace', '--format', 'json', ...args], folder);
  return { ...outcome, report: JSON.parse(outcome.stdout) as TraceReport };
}

describe('trace of the Observer chart', () => {
  it('shows every setting on the path, in both environments', async () => {
    const { status, stdout, stderr } = chartlint(['trace', CHART]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.split('\n');
    const headings = lines.filter((line) => line.startsWith('Environment'));
    expect(headings).toEqual(
      ['dev', 'prod'].map((name) => `Environment ${name}: 18 settings, all on the path values → ConfigMap → container`),
    );
    expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(36);
    expect(stdout).not.toContain('▲');
    const { report } = await traceJson([CHART], ROOT);
    expect(report.version).toBe(1);
    for (const { settings } of report.environments) {
      for (const { values, configMap, containers, departures } of settings) {
        expect(values).toHaveLength(1);
        expect(configMap?.location.file).toBe(`${CHART}/templates/configmap.yaml`);
        expect(containers.map(({ variable, via }) => `${variable} ${via}`)).toEqual([`${configMap?.key} envFrom[0]`]);
        expect(departures).toEqual([]);
      }
    }
  });

  it.each(['config.database.host', 'DB_HOST'])('follows %s step by step', async (key) => {
    const { status, stdout, stderr } = await runMain(['trace', 'observer', key], join(ROOT, 'fixtures/charts'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`config.database.host (dev)
    values     config.database.host                               observer/values-dev.yaml:8:5
  → ConfigMap  observer-config DB_HOST                            observer/templates/configmap.yaml:18:3
  → container  Deployment/observer observer DB_HOST (envFrom[0])  observer/templates/deployment.yaml:39:15

config.database.host (prod)
    values     config.database.host                               observer/values-prod.yaml:9:5
  → ConfigMap  observer-config DB_HOST                            observer/templates/configmap.yaml:18:3
  → container  Deployment/observer observer DB_HOST (envFrom[0])  observer/templates/deployment.yaml:39:15
`);
  });

  it('follows all that is inside of a key, in one environment', async () => {
    const { report } = await traceJson([CHART, 'config.database', '-e', 'prod'], ROOT);
    expect(report.environments.map(({ environment }) => environment)).toEqual(['prod']);
    const settings = report.environments.flatMap((trace) => trace.settings);
    expect(settings.map(({ values, configMap }) => `${values[0]?.file}:${values[0]?.line} ${configMap?.key}`)).toEqual([
      `${CHART}/values-prod.yaml:9 DB_HOST`,
      `${CHART}/values.yaml:18 DB_PORT`,
      `${CHART}/values.yaml:19 DB_NAME`,
    ]);
  });

  it.each([
    [['config.databse.host'], 'There is no setting config.databse.host. Did you mean config.database.host?'],
    [['nothing-like-it'], 'There is no setting nothing-like-it. Run chartlint trace without a key for a list.'],
    [['-e', 'nope'], 'There is no environment nope. Expected one of: dev, prod.'],
  ])('%j is refused', async (args, message) => {
    const { status, stdout, stderr } = await runMain(['trace', CHART, ...args], ROOT);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(`chartlint: ${message}\n`);
  });
});

describe('trace of a chart whose setting leaves the path', () => {
  it.each([
    [
      'one-way-flow--value-also-in-args',
      'config.runtime.logLevel',
      'Its values key also reaches Deployment/observer in args[0] without going through the ConfigMap.',
    ],
    [
      'one-way-flow--value-also-in-env',
      'config.observer.market',
      'Its values key also reaches Deployment/observer in env MARKET without going through the ConfigMap.',
    ],
    ['one-way-flow--literal-in-config-map', 'TZ', 'Its value is written in the template, not in the values.'],
    ['no-mixing--secret-over-config-map', 'DB_NAME', 'Deployment/observer gets DB_NAME from env[0] instead.'],
    [
      'one-way-flow--no-config-map',
      'config.runtime.appEnv',
      'No container reads it, either from its environment or as a file.',
    ],
  ])('%s says where', async (sibling, key, departure) => {
    const folder = folderWith({});
    materialiseChart(sibling, join(folder, 'observer'));
    const { status, report } = await traceJson(['observer', key], folder);
    expect(status).toBe(0);
    for (const { settings } of report.environments) {
      expect(settings.map(({ departures }) => departures)).toEqual([[departure]]);
    }
    const table = (await runMain(['trace', 'observer'], folder)).stdout;
    expect(table).toContain(`\n    ${departure}\n`);
    expect(table).toMatch(/^Environment dev: 18 settings, \d+ not on the path/);
    expect((await runMain(['trace', 'observer', key], folder)).stdout).toContain(`\n  ▲ ${departure}\n`);
  });
});

describe('trace of a ConfigMap key whose variable is set twice', () => {
  const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata: { A: "{{ .Values.a }}" }\n';

  it.each([
    ['{ name: A, valueFrom: { configMapKeyRef: { name: app, key: A } } }', []],
    ['{ name: A, valueFrom: { secretKeyRef: { name: elsewhere, key: A, optional: true } } }', []],
    ['{ name: A, valueFrom: { secretKeyRef: { name: elsewhere, key: A } } }', ['Pod/app gets A from env[0] instead.']],
    ['{ name: A, value: b }', ['Pod/app gets A from env[0] instead.']],
  ])('%s', async (item, departures) => {
    const folder = folderWith({
      'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
      'app/values.yaml': 'a: b\n',
      'app/templates/app.yaml': `${CONFIG_MAP}---
apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: app
      image: app:1.0.0
      envFrom: [{ configMapRef: { name: app } }]
      env: [${item}]
`,
    });
    const { report } = await traceJson(['app', 'A'], folder);
    expect(report.environments[0]?.settings.map((setting) => setting.departures)).toEqual([departures]);
  });
});

describe('trace of a ConfigMap that is mounted', () => {
  it('shows the file that each container has of a key', async () => {
    const folder = folderWith({
      'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
      'app/values.yaml': 'a: b\n',
      'app/templates/app.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: app }
data: { a.conf: "{{ .Values.a }}", b.conf: "{{ .Values.a }}", c.conf: "{{ .Values.a }}" }
---
apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: whole
      volumeMounts: [{ name: all, mountPath: /etc/all/ }, { name: gone, mountPath: /gone }]
    - name: part
      volumeMounts:
        - { name: items, mountPath: /etc/x.conf, subPath: x/a.conf }
        - { name: items, mountPath: /etc/y, subPath: dir }
        - { name: items, mountPath: /etc/none, subPath: none }
  volumes:
    - { name: all, projected: { sources: [{ secret: { name: s } }, { configMap: { name: app } }] } }
    - name: items
      configMap: { name: app, items: [{ key: a.conf, path: x/a.conf }, { key: b.conf, path: dir/z.conf }, { key: no }] }
`,
    });
    const { report } = await traceJson(['app'], folder);
    const settings = report.environments[0]?.settings ?? [];
    expect(settings.flatMap(({ departures }) => departures)).toEqual([]);
    const files = settings.map(({ configMap, containers }) => {
      return [configMap?.key, ...containers.map(({ container, variable, via }) => `${container} ${variable} ${via}`)];
    });
    expect(files).toEqual([
      ['a.conf', 'whole /etc/all/a.conf volumeMounts[0]', 'part /etc/x.conf volumeMounts[0]'],
      ['b.conf', 'whole /etc/all/b.conf volumeMounts[0]', 'part /etc/y/z.conf volumeMounts[1]'],
      ['c.conf', 'whole /etc/all/c.conf volumeMounts[0]'],
    ]);
  });
});

describe('trace of a chart that does not render', () => {
  it('shows what could be traced, and fails', async () => {
    const folder = folderWith({});
    materialiseChart('chart-layout--lower-case-notes', join(folder, 'observer'));
    const { status, stdout, stderr } = await runMain(['trace', 'observer'], folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^chartlint: observer\/templates\/notes.txt:1:1: Environments dev and prod do not render: /);
  });

  it('says what to write, as render does', async () => {
    const folder = folderWith({
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/values.yaml': 'list: [1]\nname: a\n',
      'c/templates/a.yaml': '{{ range .Values.list }}\n{{ .Values.name }}\n{{ end }}',
    });
    const help =
      'help: Inside {{ range .Values.list }} the dot is each item in turn, not the context of the chart. Write $.Values.name.';
    for (const args of [
      ['trace', 'c'],
      ['render', 'c'],
    ]) {
      const { status, stdout, stderr } = await runMain(args, folder);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr.trimEnd().split('\n').at(-1)).toBe(help);
    }
  });

  it('shows nothing that a terminal would obey, as render does', async () => {
    const folder = folderWith({
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/templates/a.yaml': '{{ fail "one\\x1b[2J\\ntwo" }}',
    });
    for (const args of [
      ['trace', 'c'],
      ['render', 'c'],
    ]) {
      expect((await runMain(args, folder)).stderr).toMatch(/: one\\u001b\[2J\ntwo\n$/);
    }
  });
});
