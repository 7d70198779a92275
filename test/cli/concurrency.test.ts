import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { materialiseChart } from '../../scripts/render-fixtures.mjs';
import type { Report } from '../../src/report/json.ts';
import { chartlint, folderWith, ROOT } from './chartlint.ts';
import { chart, OVERLAYS } from './chart-run.ts';

const POLICY = `version: 1
name: team
principles:
  strings:
    title: Strings
    severity: error
    checks: [{ rule: configmap-string-values }]
ignore:
  - { principle: strings, resource: ConfigMap/gone-*, reason: used by nobody }
  - { principle: strings, resource: ConfigMap/old-*, reason: used once, until: 2026-01-01 }
`;
const INPUTS = ['team', 'broken', 'library', 'manifests', 'observer'];
const LINT_ALL = [...INPUTS, '--format', 'json=out.json', '--format', 'sarif=out.sarif', '--format', 'html=out.html'];

/** Charts with findings, faults, comments that are used or not and policies of their own, and manifests. */
function manyCharts(): string {
  const charts = Array.from({ length: 6 }, (_, index) => {
    const name = `team/c${index}`;
    return {
      ...chart(name, OVERLAYS),
      [`${name}/values.yaml`]: index === 5 ? 'a: 5\n' : `a: ${index} # chartlint-ignore strings: why ${index}\n`,
    };
  });
  const folder = folderWith({
    'team/chartlint.yaml': POLICY,
    ...Object.assign({}, ...charts),
    ...chart('broken', { 'templates/config.yaml': 'a: {{ .Values.a.b.c }}\n' }),
    ...chart('library', { 'Chart.yaml': 'apiVersion: v2\nname: library\nversion: 1.0.0\ntype: library\n' }),
    'manifests/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { A: 1 }\n',
  });
  materialiseChart('config-keys--missing-key', join(folder, 'observer'));
  return folder;
}

/** 600 objects, 2 MB. */
function manyManifests(which: number): string {
  const objects = Array.from({ length: 300 }, (_, n) => {
    const name = `m${which}-${n}`;
    return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - { name: app, image: app, envFrom: [{ configMapRef: { name: ${name} } }], env: [{ name: A, value: "${n}" }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data:
  A: ${n}
  TEXT: ${'x'.repeat(6000)}
`;
  });
  return objects.join('');
}

describe('--concurrency', () => {
  it('writes the same with threads as without', () => {
    const folder = manyCharts();
    const runs = ['1', '2', '7', 'auto'].map((threads) => {
      const { status, stdout, stderr } = chartlint(
        [...LINT_ALL, '--format', 'pretty', '-v', '--concurrency', threads],
        {
          folder,
        },
      );
      const files = ['out.json', 'out.sarif', 'out.html'].map((file) => readFileSync(join(folder, file), 'utf8'));
      return { status, stdout, stderr, files };
    });
    expect(runs[0]).toMatchObject({ status: 2, stderr: '' });
    expect(runs[0]?.stdout).toContain('--> team/c5/templates/config.yaml:6');
    for (const run of runs.slice(1)) expect(run).toEqual(runs[0]);
  });

  it('writes the same of many megabytes of manifests', () => {
    const folder = folderWith({
      'all/a.yaml': `${manyManifests(0)}---\na: [\n${manyManifests(1)}`,
      'all/b.json': '{ "kind": "ConfigMap" }',
      'all/c.yaml': manyManifests(2),
    });
    const runs = ['1', '2', '3'].map((threads) => {
      const outcome = chartlint(['all', '--policy', 'observer', '--format', 'json', '--concurrency', threads], {
        folder,
      });
      return { ...outcome, report: JSON.parse(outcome.stdout) as Report };
    });
    expect(runs[0]?.status).toBe(2);
    expect(runs[0]?.report.summary.resources).toBe(3 * 600);
    expect(runs[0]?.report.errors.map(({ kind, location }) => `${kind} ${location?.file}`)).toEqual([
      'syntax all/a.yaml',
      'input all/b.json',
    ]);
    expect(runs[0]?.report.findings.length).toBeGreaterThan(1000);
    for (const run of runs.slice(1)) expect(run).toEqual(runs[0]);
  });

  it('says the same of an environment that some charts or all lack', () => {
    const manifests = { 'manifests/a.yaml': manyManifests(0), 'manifests/b.yaml': manyManifests(1) };
    const folder = folderWith({ ...chart('a', OVERLAYS), ...chart('b'), ...chart('c'), ...manifests });
    const run = (environment: string, threads: string) =>
      chartlint(['.', '--env', environment, '--concurrency', threads], { folder });
    const some = run('prod', '1');
    expect(some.status).toBe(1);
    expect(some.stderr.match(/\w+ has no environment prod: the chart is skipped/g)).toHaveLength(2);
    expect(run('prod', '3')).toEqual(some);
    const none = run('nope', '1');
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining('nope') });
    expect(run('nope', '3')).toEqual(none);
  });

  it.each(['0', '-1', 'many', '2.5', ''])('refuses %j', (threads) => {
    expect(chartlint([`--concurrency=${threads}`], { folder: folderWith({}) })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--concurrency'),
    });
  });
});

it('ends at once on Ctrl-C, at any moment, and leaves no half file', async () => {
  const folder = manyCharts();
  const before = new Set(readdirSync(folder));
  for (let delay = 30; delay < 700; delay += 45) {
    const child = spawn(process.execPath, [join(ROOT, 'dist/chartlint.cjs'), ...LINT_ALL, '--concurrency', '2'], {
      cwd: folder,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await sleep(delay);
    child.kill('SIGINT');
    const [status, signal] = (await ended) as [number | null, string | null];
    expect([2, 130, 'SIGINT']).toContain(signal ?? status);
    const files = readdirSync(folder).filter((name) => !before.has(name));
    expect(files.filter((name) => !/^out\.(?:json|sarif|html)$/.test(name))).toEqual([]);
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(file.endsWith('.html') ? text.trimEnd().endsWith('</html>') : JSON.parse(text)).toBeTruthy();
    }
  }
}, 60_000);
