import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const CRON_JOB = `apiVersion: batch/v1beta1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "0 0 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: a, image: a:1, envFrom: [{ configMapRef: { name: setings } }] }]
`;
const SETTINGS = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n';

const CHART = {
  'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
  'values.yaml': '{}\n',
  'templates/version.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' +
    'data: { version: "{{ .Capabilities.KubeVersion.Version }}" }\n---\n' +
    'apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: { name: a }\nspec: { cidrs: [10.0.0.0/16] }\n',
};

function policy(release: string, environments = '{}'): string {
  return (
    `version: 1\nrelease: ${release}\nenvironments: ${environments}\n` +
    'principles:\n  valid: { title: V, severity: warning, checks: [{ rule: schema-valid }, { rule: deprecated-api }] }\n'
  );
}

/** The findings as `rule messageId environments`, and the notes. */
async function lint(files: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const { stdout, stderr } = await runMain(['--format', 'json', ...args, '.'], folderWith(files));
  const { findings, errors } = JSON.parse(stdout) as Report;
  expect(errors).toEqual([]);
  return { found: findings.map(({ rule, environments }) => [rule, ...environments].join(' ')), notes: stderr };
}

describe('manifests', () => {
  it('are checked against the newest known version by default', async () => {
    const { found, notes } = await lint({ 'chartlint.yaml': policy('{}'), 'a.yaml': CRON_JOB });
    expect(found).toEqual(['schema-valid']);
    expect(notes).toBe('');
  });

  it('are checked against the version of the release', async () => {
    const { found, notes } = await lint({
      'chartlint.yaml': policy('{ kubeVersion: "1.24.0" }'),
      'a.yaml': CRON_JOB + '---\napiVersion: v1\nkind: Pod\nspec: 5\n',
    });
    // The verdict of 1.24 is not known; that the kind is deprecated there is.
    expect(found).toEqual(['deprecated-api']);
    expect(notes.match(/does not know what Kubernetes 1\.24\.0 accepts/g)).toHaveLength(1);
  });

  it('are checked against --kube-version first', async () => {
    const files = { 'chartlint.yaml': policy('{ kubeVersion: "1.24.0" }'), 'a.yaml': CRON_JOB };
    const { found, notes } = await lint(files, ['--kube-version', '1.33.0']);
    expect(found).toEqual(['schema-valid']);
    expect(notes).toBe('');
  });

  it('of a removed version are still workloads', async () => {
    const rule = 'version: 1\nprinciples:\n  p: { title: P, checks: [{ rule: reference-resolves }] }\n';
    for (const [apiVersion, kind] of [
      ['extensions/v1beta1', 'Deployment'],
      ['apps/v1beta1', 'StatefulSet'],
    ]) {
      const workload = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\nspec:\n  template:\n    spec:\n      containers: [{ name: a, image: a:1, envFrom: [{ configMapRef: { name: setings } }] }]\n`;
      const { found } = await lint({ 'chartlint.yaml': rule, 'a.yaml': `${workload}---\n${SETTINGS}` });
      expect(found).toEqual(['reference-resolves']);
    }
    const { found } = await lint({ 'chartlint.yaml': rule, 'a.yaml': `${CRON_JOB}---\n${SETTINGS}` });
    expect(found).toEqual(['reference-resolves']);
  });
});

describe('charts', () => {
  it('are checked in each environment against its own version', async () => {
    const environments = '{ old: { kubeVersion: "1.32.0" }, new: { kubeVersion: "v1.34.1" }, other: {} }';
    const { found } = await lint({ ...CHART, 'chartlint.yaml': policy('{ kubeVersion: "1.33.0" }', environments) });
    expect(found).toEqual(['schema-valid old']);
  });

  it('get one note for all versions that are not known', async () => {
    const environments = '{ old: { kubeVersion: "1.29.0" }, new: { kubeVersion: "1.99.0" } }';
    const { found, notes } = await lint({ ...CHART, 'chartlint.yaml': policy('{}', environments) });
    expect(found).toEqual([]);
    expect(notes.match(/Kubernetes 1\.29\.0 and 1\.99\.0 accepts/g)).toHaveLength(1);
    const chosen = await lint({ ...CHART, 'chartlint.yaml': policy('{}', environments) }, ['--env', 'old']);
    expect(chosen.notes).toContain('Kubernetes 1.29.0 accepts');
  });
});
