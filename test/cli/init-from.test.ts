import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Report } from '../../src/report/json.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

interface WrittenPolicy {
  readonly extends: readonly string[];
  readonly release?: { readonly kubeVersion: string };
  readonly principles: Readonly<
    Record<string, { severity?: string; checks: { rule: string; with?: object; match?: object }[] }>
  >;
  readonly ignore?: readonly object[];
}

/** A Deployment with annotations, in a chart, and a Service that selects nothing. */
const files = (annotations: string, comment = ''): Record<string, string> => ({
  'charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 0.1.0\n',
  'charts/app/values.yaml': 'replicas: 1\n',
  'charts/app/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-app
  annotations:
    a: b
${annotations.replace(/^/gm, '    ')}
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec:
      containers:
        - name: a
          ${comment}
          image: nginx:latest
`,
  'manifests/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { selector: { app: none }, ports: [{ port: 80 }] }\n',
});

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly text: string;
  readonly policy: WrittenPolicy;
  /** What a run under the policy finds, as `rule principle`. */
  readonly lint: () => Promise<Report>;
}

async function initFrom(
  from: string,
  given: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Outcome> {
  const folder = folderWith(given);
  const outcome = await runMain(['init', '--from', from, ...args], folder);
  const file = join(folder, 'chartlint.yaml');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lint = async (): Promise<Report> => {
    return JSON.parse((await runMain(['charts', 'manifests', '--format', 'json'], folder)).stdout) as Report;
  };
  return { ...outcome, text, policy: parse(text) as WrittenPolicy, lint };
}

function checkOf({ principles }: WrittenPolicy, id: string): object | undefined {
  return principles[id]?.checks[0];
}

describe('init --from kube-linter', () => {
  it('takes over the defaults where there is no configuration', async () => {
    const { status, stdout, policy, lint } = await initFrom('kube-linter', files(''));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^chartlint\.yaml: \d\d checks of kube-linter \(its defaults\)\.\n/);
    expect(stdout).toMatch(/Next: read it, and run chartlint \.\n$/);
    expect(policy.extends).toEqual(['recommended']);
    // What recommended checks is checked there, as kube-linter does it.
    expect(policy.principles['traffic-arrives']?.checks).toEqual(
      expect.arrayContaining([{ rule: 'service-selects-pods', severity: 'error', with: { nearMissOnly: false } }]),
    );
    expect(policy.principles['latest-tag']).toMatchObject({ severity: 'error', checks: [{ rule: 'image-tag' }] });
    expect(checkOf(policy, 'unset-cpu-requirements')).toEqual({
      rule: 'resources-required',
      with: { require: ['requests.cpu'] },
    });
    expect(policy.principles).not.toHaveProperty('minimum-three-replicas');
    const { errors, findings } = await lint();
    expect(errors).toEqual([]);
    expect(findings.map(({ principle }) => principle)).toEqual(
      expect.arrayContaining(['traffic-arrives', 'latest-tag']),
    );
  });

  const CONFIG = `checks:
  include: [no-liveness-probe, minimum-three-replicas, team, no-such-check]
  exclude: [latest-tag]
  ignorePaths: [vendor/**]
customChecks:
  - { name: team, template: required-label, params: { key: example.com/team, value: '^[a-z]+$' } }
  - { name: owner, template: required-annotation, params: { key: example\\.com/owner, value: '.+@.+' } }
  - { name: cpu, template: cpu-requirements, params: { requirementsType: any, upperBoundMillis: 0 } }
  - { name: range, template: cpu-requirements, params: { lowerBoundMillis: 100, upperBoundMillis: 200 } }
  - { name: none, template: latest-tag, params: { blockList: [x] } }
`;

  it('reads what is included and excluded, and checks of one’s own', async () => {
    const { policy, stdout, text } = await initFrom('kube-linter', { ...files(''), '.kube-linter.yaml': CONFIG });
    expect(checkOf(policy, 'minimum-three-replicas')).toEqual({ rule: 'minimum-replicas', with: { min: 3 } });
    expect(policy.principles).toHaveProperty('no-liveness-probe');
    expect(policy.principles).not.toHaveProperty('latest-tag');
    expect(checkOf(policy, 'owner')).toEqual({
      rule: 'annotation-required',
      with: { key: 'example.com/owner', value: '*@*' },
    });
    expect(checkOf(policy, 'cpu')).toEqual({
      rule: 'resources-required',
      with: { require: ['requests.cpu', 'limits.cpu'] },
    });
    for (const output of [stdout, text]) {
      expect(output).toContain('team: No rule asks what the template required-label does with these params.');
      expect(output).toContain('range: No rule asks what the template cpu-requirements does with these params.');
      expect(output).toContain('no-such-check: kube-linter has no check of this name.');
      expect(output).toContain('ignorePaths vendor/**: Name the files');
    }
  });

  it('reads the configuration above, up to the root of the repository, or the one that is named', async () => {
    const only = 'checks: { doNotAutoAddDefaults: true, include: [dangling-service] }\n';
    const given = { ...files(''), 'charts/.kube-linter.yml': only, 'charts/.git/HEAD': '' };
    const folder = folderWith(given);
    const { stdout } = await runMain(['init', 'charts/app', '--from', 'kube-linter'], folder);
    expect(stdout).toContain('charts/app/chartlint.yaml: 1 check of kube-linter (charts/.kube-linter.yml).');
    const named = await initFrom('kube-linter=ci/lint.yaml', { ...files(''), 'ci/lint.yaml': only });
    expect(Object.keys(named.policy.principles)).toEqual(['traffic-arrives']);
    const all = await initFrom('kube-linter', {
      ...files(''),
      '.kube-linter.yaml': 'checks: { addAllBuiltIn: true, exclude: [no-node-affinity] }',
    });
    expect(all.policy.principles).toHaveProperty('no-liveness-probe');
    expect(all.policy.principles).not.toHaveProperty('no-node-affinity');
  });

  it('takes over the exemptions of what the charts render and of manifests, but not those of nothing', async () => {
    const annotations =
      'ignore-check.kube-linter.io/latest-tag: "it is\n  a mirror"\nignore-check.kube-linter.io/pdb-max-unavailable: none';
    const given = files(annotations);
    const { policy, stdout, lint } = await initFrom('kube-linter', {
      ...given,
      'manifests/service.yaml': `${given['manifests/service.yaml']}`.replace(
        '{ name: s }',
        '{ name: s, annotations: { kube-linter.io/ignore-all: old } }',
      ),
    });
    expect(policy.ignore).toEqual([
      { resource: 'Service/s', reason: 'Taken over from kube-linter: old' },
      {
        principle: 'latest-tag',
        rule: 'image-tag',
        resource: 'Deployment/release-name-app',
        reason: 'Taken over from kube-linter: it is a mirror',
      },
    ]);
    expect(stdout).toContain('2 exemptions (1 exemption of what is not found left out).');
    const counting = (await lint()).findings.filter(({ suppressed }) => suppressed === undefined);
    expect(counting.map(({ principle }) => principle)).not.toEqual(expect.arrayContaining(['latest-tag']));
    expect(counting.map(({ principle }) => principle)).not.toEqual(expect.arrayContaining(['traffic-arrives']));
  });

  it('never accepts what the API server refuses', async () => {
    const given = files('ignore-check.kube-linter.io/mismatching-selector: because');
    const { policy, stdout } = await initFrom('kube-linter', given);
    expect(policy.ignore).toBeUndefined();
    expect(stdout).toContain(
      'the exemption of Deployment/release-name-app from mismatching-selector: The API server refuses',
    );
  });
});

it('init --from kube-score reads its flags where it is run, and annotations of objects and Pods', async () => {
  const { policy, stdout } = await initFrom('kube-score', {
    ...files(
      'kube-score/ignore: container-image-tag, pod-probes\nkube-score/enable: container-cpu-requests-equal-limits',
    ),
    '.github/workflows/lint.yaml':
      'jobs: { a: { steps: [{ run: "helm template . | kube-score score --ignore-test pod-networkpolicy,container-resources \\\n --min-replicas-deployment=3 --kubernetes-version v1.31 -" }] } }\n',
  });
  expect(stdout).toContain('(.github/workflows/lint.yaml)');
  expect(policy.release).toEqual({ kubeVersion: '1.31' });
  expect(policy.principles).not.toHaveProperty('pod-networkpolicy');
  expect(policy.principles).not.toHaveProperty('container-resources');
  expect(checkOf(policy, 'deployment-replicas')).toEqual({
    rule: 'minimum-replicas',
    with: { kinds: ['Deployment'], min: 3 },
  });
  expect(checkOf(policy, 'container-cpu-requests-equal-limits')).toEqual({
    rule: 'requests-equal-limits',
    match: { kinds: ['Deployment'], names: ['release-name-app'] },
    with: { resources: ['cpu'] },
  });
  expect(policy.ignore).toEqual([
    {
      principle: 'container-image-tag',
      rule: 'image-tag',
      resource: 'Deployment/release-name-app',
      reason: 'Taken over from kube-score',
    },
  ]);
});

it('init --from polaris reads severities, exemptions, and annotations', async () => {
  const config = `checks:
  cpuLimitsMissing: danger
  memoryLimitsMissing: warning
  tagNotSpecified: danger
  priorityClassNotSet: ignore
  livenessProbeMissing: warning
  mine: danger
customChecks: { mine: {} }
exemptions:
  - { controllerNames: [release-name], rules: [tagNotSpecified] }
  - { namespace: kube-system, containerNames: [sidecar], rules: [memoryLimitsMissing] }
`;
  const { policy, stdout } = await initFrom('polaris', {
    ...files(
      'polaris.fairwinds.com/livenessProbeMissing-exempt: "true"\npolaris.fairwinds.com/cpuLimitsMissing-exempt: "no"',
    ),
    'polaris.yaml': config,
  });
  expect(Object.keys(policy.principles)).toEqual([
    'cpuLimitsMissing',
    'memoryLimitsMissing',
    'tagNotSpecified',
    'livenessProbeMissing',
  ]);
  expect(policy.principles['cpuLimitsMissing']).toMatchObject({ severity: 'error' });
  expect(checkOf(policy, 'memoryLimitsMissing')).toEqual({
    rule: 'resources-required',
    match: { not: { namespaces: ['kube-system'], containers: ['sidecar*'] } },
    with: { require: ['limits.memory'], initContainers: false },
  });
  expect(policy.ignore).toEqual([
    { principle: 'tagNotSpecified', rule: 'image-tag', resource: '*/release-name*', reason: 'Taken over from Polaris' },
    {
      principle: 'livenessProbeMissing',
      rule: 'liveness-probe',
      resource: 'Deployment/release-name-app',
      reason: 'Taken over from Polaris',
    },
  ]);
  expect(stdout).toContain('mine: It is a check of your own');
});

it('init --from checkov reads check, skip-check, annotations and comments', async () => {
  const { policy, stdout } = await initFrom('checkov', {
    ...files('checkov.io/skip1: CKV_K8S_13=memory is plenty', '# checkov:skip=CKV_K8S_14:pinned elsewhere'),
    '.checkov.yaml':
      'check: [CKV_K8S_1*, CKV_AWS_1]\nskip-check: CKV_K8S_12,CKV_K8S_15,CKV_K8S_1\nskip-path: [vendor]\n',
  });
  expect(Object.keys(policy.principles)).toEqual(expect.arrayContaining(['CKV_K8S_10', 'CKV_K8S_13', 'CKV_K8S_14']));
  expect(policy.principles).not.toHaveProperty('CKV_K8S_12');
  expect(policy.principles).not.toHaveProperty('CKV_K8S_8');
  expect(policy.ignore).toEqual([
    {
      principle: 'CKV_K8S_13',
      rule: 'resources-required',
      resource: 'Deployment/release-name-app',
      reason: 'Taken over from Checkov: memory is plenty',
    },
    {
      principle: 'CKV_K8S_14',
      rule: 'image-tag',
      resource: 'Deployment/release-name-app',
      reason: 'Taken over from Checkov: pinned elsewhere',
    },
  ]);
  expect(stdout).toContain('CKV_AWS_1: It is not a check of Kubernetes objects.');
});

it('init --from trivy reads severities, both ignore files, and comments', async () => {
  const { policy, stdout } = await initFrom('trivy', {
    ...files('', '#trivy:ignore:AVD-KSV-0011'),
    'trivy.yaml': 'severity: [LOW, MEDIUM]\n',
    '.trivyignore': '# none\nAVD-KSV-0015\nKSV013 exp:2026-06-01\nCVE-2020-1\n',
    '.trivyignore.yaml':
      'misconfigurations:\n  - { id: AVD-KSV-0016, statement: later, expired_at: 2026-07-01 }\n  - { id: KSV-0018, paths: [a.yaml] }\n',
  });
  expect(policy.principles).toHaveProperty('KSV-0011');
  expect(policy.principles).not.toHaveProperty('KSV-0015');
  expect(policy.principles).not.toHaveProperty('KSV-0044');
  expect(policy.principles['KSV-0011']).toMatchObject({ severity: 'info' });
  expect(policy.ignore).toEqual([
    { principle: 'KSV-0013', rule: 'image-tag', reason: 'Taken over from Trivy', until: '2026-06-01' },
    { principle: 'KSV-0016', rule: 'resources-required', reason: 'Taken over from Trivy: later', until: '2026-07-01' },
    {
      principle: 'KSV-0011',
      rule: 'resources-required',
      resource: 'Deployment/release-name-app',
      reason: 'Taken over from Trivy',
    },
  ]);
  expect(stdout).toContain('KSV-0018 in a.yaml: An ignore names objects, not files.');
});

it('init --from pluto takes over the version', async () => {
  const { policy, stdout } = await initFrom('pluto', {
    ...files(''),
    '.pluto.yaml': 'target-versions: { k8s: v1.33.0 }\ncomponents: [k8s]\n',
    'versions.yaml': 'deprecated-versions: [{ version: example.com/v1, kind: Thing, component: mine }]\n',
  });
  expect(policy).toMatchObject({ extends: ['recommended'], release: { kubeVersion: '1.33.0' } });
  expect(stdout).toContain('Thing of example.com/v1: chartlint does not take versions of your own.');
});

describe('init --from refuses', () => {
  it.each([
    ['kube-lint', {}, /cannot take over from kube-lint\. Did you mean kube-linter\?/],
    ['nothing', {}, /Expected one of: kube-linter, kube-score, polaris, checkov, trivy, pluto\./],
    ['polaris=none.yaml', {}, /none\.yaml cannot be read/],
    ['kube-linter', { '.kube-linter.yaml': 'checks: [\n' }, /\.kube-linter\.yaml:\d:\d+: /],
    ['kube-linter', { 'chartlint.yaml': 'version: 1\n' }, /chartlint\.yaml already exists\. Use --force/],
  ])('%s %j', async (from, given: Readonly<Record<string, string>>, message) => {
    const folder = folderWith({ ...files(''), ...given });
    const { status, stderr } = await runMain(['init', '--from', from], folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, 'chartlint.yaml'))).toBe('chartlint.yaml' in given);
  });

  it('nothing with --force', async () => {
    const folder = folderWith(files(''));
    writeFileSync(join(folder, 'chartlint.yaml'), 'version: 1\n');
    expect((await runMain(['init', '--from', 'pluto', '--force'], folder)).status).toBe(0);
    expect(readFileSync(join(folder, 'chartlint.yaml'), 'utf8')).toContain('What Pluto checked');
  });
});
