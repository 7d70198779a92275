import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listSiblings, materialiseChart } from '../../scripts/render-fixtures.mjs';
import type { Report } from '../../src/report/json.ts';
import { chartlint, chartlintJson, folderWith, type Outcome } from './chartlint.ts';
import { keepFolder, runMain } from './main-in-process.ts';

const CHART = 'fixtures/charts/observer';

describe('the Observer chart', () => {
  it('is clean under its policy, in both environments', () => {
    const { status, stderr, report } = chartlintJson([CHART]);
    expect({ status, stderr, findings: report.findings, errors: report.errors }).toEqual({
      status: 0,
      stderr: '',
      findings: [],
      errors: [],
    });
    expect(report.environments).toEqual(['dev', 'prod']);
    expect(report.policy).toEqual({ name: 'observer', file: `${CHART}/chartlint.yaml` });
    const statusOf = new Map(report.principles.map(({ id, status: found }) => [id, found]));
    const notPassed = [...statusOf].filter(([, found]) => found !== 'passed');
    expect(notPassed).toEqual([
      ['secret-keys', 'not-applicable'],
      ['sealed-secrets', 'not-applicable'],
    ]);
    expect(statusOf.size).toBe(22);
  });
});

/** Those whose fault is not in both environments. */
const ENVIRONMENTS: Readonly<Record<string, string[]>> = {
  'config-values--empty-value': ['prod'],
  'config-values--leftover-template': ['prod'],
  'environments--key-in-one-environment': ['prod'],
  'environments--misspelt-overlay-key': ['prod'],
  'environments--overlay-only-key': ['dev'],
  'environments--unread-overlay-key': ['dev'],
};

/** The values that have a part in the fault. */
const VALUES: Readonly<Record<string, string[]>> = {
  'config-keys--misspelt-key': ['config.observer.market values.yaml:27'],
  'config-paths--in-read-only-mount': [
    'config.paths.kisTokenCacheDir values.yaml:24',
    'hostConfig.path values.yaml:50',
  ],
  'config-paths--looks-like-mount': ['config.paths.snapshotDir values.yaml:23'],
  'config-paths--outside-mounts': ['config.paths.snapshotDir values.yaml:23'],
  'config-values--empty-value': ['config.database.host values-prod.yaml:9'],
  'config-values--leftover-template': ['config.database.name values.yaml:19'],
  'config-values--mangled-number': [
    'config.observer.minTradingValue values-prod.yaml:11',
    'config.observer.minTradingValue values.yaml:29',
  ],
  'config-values--nil-as-text': ['config.observer.market values.yaml:26'],
  'config-values--unquoted-number': ['config.database.port values.yaml:18'],
  'config-values--wrong-printf-verb': ['config.observer.minPrice values.yaml:28'],
  'environments--key-in-one-environment': ['config.runtime.appEnv values-dev.yaml:4'],
  'host-path--directory-or-create': ['hostConfig.path values.yaml:50'],
  'host-path--no-type': ['hostConfig.path values.yaml:50'],
  'service-port--container-port': ['config.service.port values.yaml:14'],
  'service-port--probe-port-number': ['config.service.port values.yaml:14'],
  'service-port--target-port-number': ['config.service.port values.yaml:14'],
  'one-way-flow--value-also-in-args': [
    'config.runtime.logLevel values-dev.yaml:5',
    'config.runtime.logLevel values-prod.yaml:5',
  ],
  'one-way-flow--value-also-in-env': ['config.observer.market values.yaml:27'],
  'pvc-names--other-claim': ['persistence.data.claimName values.yaml:55'],
  'secret-delegation--password-in-second-config-map': ['backup.dbPassword values.yaml:40'],
  'secret-delegation--private-key': ['config.observer.feedIdentity values.yaml:32'],
  'secret-delegation--secret-looking-key': ['config.observer.apiToken values.yaml:32'],
  'secret-delegation--url-with-password': [
    'config.database.host values-dev.yaml:8',
    'config.database.host values-prod.yaml:9',
    'config.database.name values-dev.yaml:9',
    'config.database.name values.yaml:19',
  ],
  'secret-refs--one-key-of-three': ['secrets.kis values.yaml:36'],
  'valid-manifests--misspelt-field': ['image.pullPolicy values-dev.yaml:15', 'image.pullPolicy values.yaml:43'],
  'valid-manifests--number-as-annotation': ['config.service.port values.yaml:14'],
};

const MARKER = /# expect: ([\w, -]+)/;

/** The places in a chart's own files that are marked, as `file:line principle`. */
function markersIn(chart: string): string[] {
  const files = readdirSync(chart, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.flatMap((line, index) => {
      const principles = MARKER.exec(line)?.[1]?.split(',') ?? [];
      return principles.map((principle) => `${relative(chart, file)}:${index + 1} ${principle.trim()}`);
    });
  });
}

describe('a broken sibling of the Observer chart, as a chart', () => {
  const siblings = listSiblings();
  let folder: string;
  let outcome: Outcome & { report: Report };

  beforeAll(() => {
    folder = keepFolder();
    for (const sibling of siblings) materialiseChart(sibling, join(folder, sibling));
    outcome = chartlintJson(['.', '--policy', 'observer'], { folder });
  }, 60_000);

  const findingsOf = (sibling: string): Report['findings'] => {
    return outcome.report.findings.filter(({ chart }) => chart === sibling);
  };

  it('exists for every principle', () => {
    const broken = new Set(siblings.map((name) => name.split('--')[0]));
    expect(outcome.report.principles.filter(({ id }) => !broken.has(id))).toEqual([]);
  });

  it.each(siblings)('%s has findings exactly where it is marked', (sibling) => {
    const found = findingsOf(sibling).map(({ location, principle }) => {
      return `${location.file.slice(sibling.length + 1)}:${location.line} ${principle}`;
    });
    const expected = markersIn(join(folder, sibling));
    expect(found.toSorted()).toEqual(expected.toSorted());
    const [own = ''] = sibling.split('--');
    expect(expected.some((marker) => marker.endsWith(` ${own}`))).toBe(true);
  });

  it.each(siblings)('%s names the environments and the values at fault', (sibling) => {
    const findings = findingsOf(sibling);
    for (const { environments } of findings) expect(environments).toEqual(ENVIRONMENTS[sibling] ?? ['dev', 'prod']);
    const values = findings.flatMap((finding) =>
      finding.values.map(({ key, file, line }) => `${key} ${file.slice(sibling.length + 1)}:${line}`),
    );
    expect([...new Set(values)].toSorted()).toEqual(VALUES[sibling] ?? []);
  });

  it.each(siblings)('%s shows the rendered line that `render` prints', async (sibling) => {
    for (const { location, rendered, environments } of findingsOf(sibling)) {
      if (location.file === rendered.file) continue;
      const environment = environments[0] ?? '';
      expect(rendered.file).toBe(`<${sibling} ${environment}>`);
      const files = ['values.yaml', `values-${environment}.yaml`].flatMap((file) => ['-f', join(sibling, file)]);
      const { stdout } = await runMain(['render', 'observer', sibling, '-n', 'observer', ...files], folder);
      const marker = markerAt(join(folder, location.file), location.line);
      expect(markerOf(stdout.split('\n')[rendered.line - 1])).toBe(marker);
    }
  });

  it('does not render when its notes.txt is no NOTES.txt, and is told why', () => {
    const { message, location } = outcome.report.findings.find(({ messageId }) => messageId === 'notes') ?? {};
    const file = 'chart-layout--lower-case-notes/templates/notes.txt';
    expect(message).toBe(
      'Helm recognizes only NOTES.txt: it renders templates/notes.txt as a manifest, and helm install fails on it.',
    );
    expect(location?.file).toBe(file);
    expect(outcome.status).toBe(2);
    expect(outcome.report.errors).toEqual([
      {
        kind: 'render',
        message:
          'Environments dev and prod do not render: YAML parse error on observer/templates/notes.txt: error unmarshaling ' +
          'JSON: while decoding JSON: json: cannot unmarshal string into Go value of type util.SimpleHead',
        location: { file, line: 1, column: 1, endLine: 1, endColumn: 10 },
      },
    ]);
  });

  it('is linted with its own policy file, too', () => {
    const sibling = 'values-used--unread-key';
    const { status, report } = chartlintJson([sibling], { folder });
    expect(status).toBe(0);
    expect(report.policy.file).toBe(`${sibling}/chartlint.yaml`);
    expect(report.findings.map(({ message, severity }) => `${severity} ${message}`)).toEqual([
      'warning No template reads config.observer.retries.',
    ]);
  });

  it.each([
    [
      'one-way-flow--config-map-in-other-namespace',
      `  --> observer/templates/deployment.yaml:40:23 (Deployment/observer)
    39 │             - configMapRef:
  > 40 │                 name: {{ include "observer.configMapName" . }} # expect: one-way-flow
       │                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  rendered: line 157 in dev
  > 157 │                 name: observer-config # expect: one-way-flow
        │                       ^^^^^^^^^^^^^^^`,
    ],
    [
      'config-values--empty-value',
      `  --> observer/templates/configmap.yaml:18:12 (ConfigMap/observer-config, only in prod)
  > 18 │   DB_HOST: {{ .Values.config.database.host | quote }} # expect: config-values
       │            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  from observer/values-prod.yaml:9:5 config.database.host
  rendered: line 24 in prod
  > 24 │   DB_HOST: "" # expect: config-values
       │            ^^`,
    ],
    [
      'one-way-flow--value-also-in-args',
      `  > 36 │             - "--log-level={{ .Values.config.runtime.logLevel }}" # expect: one-way-flow (chart)
       │               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  from observer/values-dev.yaml:5:5 config.runtime.logLevel
  from observer/values-prod.yaml:5:5 config.runtime.logLevel
  rendered: line 153 in dev`,
    ],
  ])('%s is shown in its template, with its values and the rendered lines', (sibling, expected) => {
    const charts = folderWith({});
    materialiseChart(sibling, join(charts, 'observer'));
    const { stdout } = chartlint(['observer', '--verbose'], { folder: charts });
    const shown = stdout.split('\n');
    for (const line of expected.split('\n')) expect(shown.map(truncated)).toContain(truncated(line));
  });
});

/** Frames cut long lines. */
function truncated(line: string): string {
  return line.slice(0, 90);
}

function markerOf(line: string | undefined): string | undefined {
  return MARKER.exec(line ?? '')?.[1];
}

function markerAt(file: string, line: number): string | undefined {
  return markerOf(readFileSync(file, 'utf8').split('\n')[line - 1]);
}
