import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { materialiseChart } from '../../scripts/render-fixtures.mjs';
import { chart } from './chart-run.ts';
import { folderWith, ROOT } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const VARIANTS = readdirSync(join(ROOT, 'fixtures/charts/broken')).filter((name) => name.includes('--'));
/** One for each principle. */
const BROKEN = VARIANTS.filter((name, index) => name.split('--')[0] !== VARIANTS[index - 1]?.split('--')[0]);

/** The Observer's chart, or a broken sibling, without a policy. */
function observer(variant?: string): string {
  const folder = folderWith({});
  materialiseChart(variant, join(folder, 'app'));
  rmSync(join(folder, 'app/chartlint.yaml'), { force: true });
  return folder;
}

async function init(folder: string, ...args: readonly string[]): Promise<{ text: string; stdout: string }> {
  const { status, stdout, stderr } = await runMain(['init', ...args], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const file = stdout.slice(0, stdout.indexOf(': '));
  return { text: readFileSync(join(folder, file), 'utf8'), stdout };
}

describe('chartlint init', () => {
  it('says what holds of a chart, and where to go on', async () => {
    const { text, stdout } = await init(observer());
    expect(stdout).toBe(
      'app/chartlint.yaml: 17 principles that hold in 3 environments.\nNext: read it, and run chartlint app\n',
    );
    for (const part of [
      'as found by chartlint init on 2026-05-01.',
      'environments:\n  default: {}\n  dev: { values: [values-dev.yaml] }\n  prod: { values: [values-prod.yaml] }\n',
      '  - { kind: Secret, name: obs-db-secret }\n',
      '        with: { probe: readiness, path: /ready }\n',
      '        with: { probe: startup, seconds: 150 }\n',
      '        with: { claims: [observer-data-pvc, observer-logs-pvc] }\n',
      '        with: { configKey: SERVICE_PORT }\n',
      '        with: { names: [ghcr-secret] }\n',
      '            - DB_HOST\n',
      '          required: [{ name: obs-db-secret }, { name: obs-kis-secret }]\n',
      '  values-used:\n    title: Every value is read\n    severity: warning\n',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('Left out');
  });

  it.each([
    'config-keys--missing-key',
    'config-source-of-truth--literal-env',
    'environments--misspelt-overlay-key',
    'environments--key-in-one-environment',
    'host-path--other-path',
    'image-pull-secret--missing',
    'liveness-probe--missing',
    'one-way-flow--no-checksum',
    'pvc-names--other-claim',
    'readiness-probe--wrong-path',
    'secret-refs--missing-kis',
    'service-port--container-port',
    'startup-probe--too-short',
  ])('writes a policy that %s breaks', async (variant) => {
    const folder = observer();
    const { text } = await init(folder);
    materialiseChart(variant, join(folder, 'app'));
    writeFileSync(join(folder, 'app/chartlint.yaml'), text);
    const { status } = await runMain(['app', '--max-warnings', '0'], folder);
    expect(status).toBe(1);
  });

  it('writes a policy that whatever chart passes today, and says what is left out', async () => {
    for (const variant of BROKEN) {
      const folder = observer(variant);
      const { status: written, stdout } = await runMain(['init', 'app'], folder);
      const { status, stdout: report } = await runMain(['app'], folder);
      // Of these, Helm takes notes.txt for a manifest: there is nothing to write a policy for.
      const expected = variant === 'chart-layout--lower-case-notes' ? 2 : 0;
      expect([written, status], `${variant}\n${stdout}${report}`).toEqual([expected, expected]);
    }
    const { text, stdout } = await init(observer('config-source-of-truth--literal-env'));
    expect(stdout).toContain('; 1 principle left out because it does not hold today.\n');
    expect(text).toMatch(
      /\n {2}# Left out because it does not hold today \(1 finding: templates\/deployment\.yaml:\d+\):\n {2}# config-source-of-truth:\n/,
    );
    const { text: unquoted, stdout: list } = await init(observer('config-values--unquoted-number'));
    expect(unquoted).not.toContain('off');
    expect(unquoted).toContain('\nbaseline: chartlint-baseline.json\n');
    expect(list).toMatch(
      /\n\d findings? accepted in app\/chartlint-baseline\.json, to be fixed:\n {2}error app\/templates\/configmap\.yaml:\d+ valid-manifests: /,
    );
  }, 240_000);

  it('tells containers and workloads apart, and quotes what YAML would take for something else', async () => {
    const files = chart('app', {
      'values.yaml': '{}\n',
      'templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data: { "on": a, "1e3": b, "~x": c, "y": d }
---
apiVersion: v1
kind: Secret
metadata: { name: s }
stringData: { "null": z }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b } }
    spec:
      containers:
        - name: "true"
          image: a
          livenessProbe: { httpGet: { path: "/a: #b", port: 80 } }
        - name: proxy
          image: a
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: worker }
spec:
  selector: { matchLabels: { a: c } }
  template:
    metadata: { labels: { a: c } }
    spec:
      containers:
        - name: worker
          image: a
          env: [{ name: A, valueFrom: { secretKeyRef: { name: outside, key: k } } }]
`,
    });
    const folder = folderWith(files);
    const { text } = await init(folder, 'app');
    for (const part of [
      'keys: ["on", "1e3", ~x, "y"]',
      'secrets: [{ name: s, keys: ["null"] }]',
      '  - { kind: Secret, name: outside, keys: [k] }\n',
      'match: { containers: ["true"] }\n        with: { probe: liveness, path: "/a: #b" }',
      'match: { kinds: [Deployment], names: [worker] }\n        with: { required: [{ name: outside, keys: [k] }], closed: true }',
      '# The chart has no overlay. One rendering, with its own values:\nenvironments:\n  default: {}\n',
    ]) {
      expect(text).toContain(part);
    }
    expect((await runMain(['app'], folder)).status).toBe(0);
  });

  it('gives each group of containers and workloads a principle of its own, and names the claims of StatefulSets', async () => {
    const workload = (kind: string, name: string, rest: string): string => `---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { a: ${name} } }
  template:
    metadata: { labels: { a: ${name} } }
    spec:
      containers:
        - name: ${name}
          image: a
          livenessProbe: { httpGet: { path: /${name}, port: 80 } }
          readinessProbe: { httpGet: { path: "/ready?password=k3dIsNotShown", port: 80 } }
          env: [{ name: A, valueFrom: { secretKeyRef: { name: of-${name}, key: k } } }]
${rest}`;
    const data = `          volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
    const objects = [workload('Deployment', 'web', ''), workload('StatefulSet', 'db', data)].join('');
    const folder = folderWith(chart('app', { 'values.yaml': '{}\n', 'templates/config.yaml': objects }));
    const { text } = await init(folder, 'app');
    for (const part of [
      '  liveness-probe:\n    title: The liveness probe detects a container that hangs\n',
      '        match: { containers: [web] }\n        with: { probe: liveness, path: /web }\n',
      '  liveness-probe-2:\n    title: "The liveness probe detects a container that hangs: db"\n',
      '        match: { containers: [db] }\n        with: { probe: liveness, path: /db }\n',
      '  secret-refs-2:\n    title: "Workloads read the agreed Secrets: db"\n',
      '        with: { claims: [data-db-0] }\n',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('k3dIsNotShown');
    expect((await runMain(['app'], folder)).status).toBe(0);
    for (const [before, after] of [
      ['path: /db,', 'path: /other,'],
      ['name: of-db,', 'name: of-web,'],
      ['{ name: data }', '{ name: date }'],
    ] as const) {
      writeFileSync(join(folder, 'app/templates/config.yaml'), objects.replace(before, after));
      expect((await runMain(['app'], folder)).status, after).toBe(1);
    }
  });

  it('leaves out an environment that does not render', async () => {
    const folder = folderWith(chart('a', { 'values-bad.yaml': 'a: [\n', 'values-x.yaml': 'a: "5"\n' }));
    const { text } = await init(folder);
    expect(text).toContain(
      '  x: { values: [values-x.yaml] }\n  # Left out because it does not render:\n  # bad: { values: [values-bad.yaml] }\n',
    );
  });

  it('gives environments names of their own, whatever the files are called', async () => {
    const names = ['values-prod.yaml', 'values-prod.yml', 'values-two words.yaml', 'values.ü.yaml', 'values--x.yaml'];
    const folder = folderWith(chart('a', Object.fromEntries(names.map((name) => [name, 'a: "5"\n']))));
    const { text } = await init(folder);
    for (const part of [
      '  prod: { values: [values-prod.yaml] }\n',
      '  prod-2: { values: [values-prod.yml] }\n',
      '  two-words: { values: [values-two words.yaml] }\n',
      '{ values: [values.ü.yaml] }\n',
      '{ values: [values--x.yaml] }\n',
    ]) {
      expect(text).toContain(part);
    }
    const { status, stdout } = await runMain(['a', '--quiet'], folder);
    expect(status, stdout).toBe(0);
  });
});

describe('chartlint init never makes a chart less checked', () => {
  /** A policy that is found reads within the repository. */
  function repository(files: Readonly<Record<string, string>>): string {
    return folderWith({ ...files, '.git/HEAD': '' });
  }

  const WRONG = { 'values.yaml': 'a: 5\n', 'values-x.yaml': 'a: "5"\n' };

  it('than without a policy: what does not hold is accepted, and new findings are not', async () => {
    const folder = folderWith(chart('app', WRONG));
    const { text, stdout } = await init(folder);
    expect(text).toContain('environments:\n  default: {}\n  x: { values: [values-x.yaml] }\n');
    expect(text).not.toMatch(/severity: "?off/);
    expect(stdout).toContain('1 finding accepted in app/chartlint-baseline.json, to be fixed:\n  error app/');
    for (const where of [folder, join(folder, 'app')]) {
      expect(await runMain([], where)).toMatchObject({ status: 0, stderr: '' });
    }
    writeFileSync(join(folder, 'app/templates/new.yaml'), readFileSync(join(folder, 'app/templates/config.yaml')));
    expect((await runMain([], folder)).status).toBe(1);
  });

  it('than under a team policy, which it extends', async () => {
    const team =
      'version: 1\nextends: [recommended]\nrelease: { name: team }\nenvironments: { x: { values: [values-x.yaml] }, y: { values: [values-y.yaml], optional: true } }\n' +
      'principles:\n  config-rollout: { title: Strict, checks: [{ rule: configmap-required-keys, with: { keys: [MISSING] } }] }\n';
    const folder = repository({ 'chartlint.yaml': team, ...chart('charts/app', WRONG) });
    const { text, stdout } = await init(folder);
    expect(text).toContain('extends: [../../chartlint.yaml]\n');
    expect(text).not.toMatch(/^(?:environments|release):/m);
    expect(text).not.toContain('  config-rollout:');
    expect(stdout).toMatch(
      /2 findings accepted in charts\/app\/chartlint-baseline\.json, to be fixed:\n {2}error \S+ config-rollout: /,
    );
    expect(await runMain([], folder)).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'chartlint.yaml'), 'utf8')).toBe(team);
  });

  it('and refuses where the policy could not extend the one above', async () => {
    for (const files of [
      { 'chartlint.yaml': 'version: 1\n', ...chart('a') },
      { ...chart('a'), ...chart('b') },
    ]) {
      const folder = folderWith(files);
      const { status, stdout, stderr } = await runMain(['init'], folder);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('is not in a Git repository');
      expect(existsSync(join(folder, 'a/chartlint.yaml'))).toBe(false);
    }
  });

  it('and adds to the baseline of the team', async () => {
    const team = 'version: 1\nextends: [recommended]\nbaseline: accepted.json\nrelease: { name: r }\n';
    const folder = repository({ 'chartlint.yaml': team, ...chart('a', WRONG), ...chart('b', WRONG) });
    expect((await runMain(['baseline', 'a'], folder)).stdout).toBe('accepted.json: 1 finding accepted.\n');
    expect((await init(folder, 'a')).stdout).not.toContain('accepted');
    const { stdout, text } = await init(folder, 'b');
    expect(stdout).toContain('1 finding accepted in accepted.json, to be fixed:\n  error b/');
    expect(text).not.toContain('baseline:');
    expect(await runMain([], folder)).toMatchObject({ status: 0, stderr: '' });
  });

  it('in a repository of several charts: one policy for all, and one for each', async () => {
    const library = { 'Chart.yaml': 'apiVersion: v2\nname: lib\ntype: library\nversion: 1.0.0\n' };
    const files = {
      ...chart('a', WRONG),
      ...chart('deep/b'),
      ...chart('bad', { 'templates/x.yaml': '{{ fail "no" }}' }),
      ...chart('lib', library),
    };
    const folder = repository(files);
    const { status, stdout, stderr } = await runMain(['init'], folder);
    expect(status).toBe(2);
    expect(stderr).toContain('chartlint: bad: no policy was written. The chart does not render:');
    expect(stdout).toContain('chartlint.yaml: what all charts have in common.\n');
    expect(stdout).toContain('1 finding accepted in chartlint-baseline.json, to be fixed:\n  error a/');
    expect(readFileSync(join(folder, 'deep/b/chartlint.yaml'), 'utf8')).toContain('extends: [../../chartlint.yaml]\n');
    expect(existsSync(join(folder, 'lib/chartlint.yaml'))).toBe(false);
    rmSync(join(folder, 'bad/templates/x.yaml'));
    for (const args of [[], ['a'], ['deep']]) {
      expect(await runMain(args, folder), args.join()).toMatchObject({ status: 0, stderr: '' });
    }
    const again = await runMain(['init'], folder);
    expect(again).toMatchObject({ status: 0 });
    expect(again.stdout).toContain('a has a policy already, which was kept.\n');
    expect(again.stdout).toContain('bad/chartlint.yaml: ');
    expect(await runMain(['init'], folder)).toMatchObject({ status: 2, stdout: '' });
    expect(await runMain([], folder)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('chartlint init refuses', () => {
  const library = { 'Chart.yaml': 'apiVersion: v2\nname: lib\ntype: library\nversion: 1.0.0\n' };

  it.each<[string, Record<string, string>, string[], string]>([
    ['no chart', { 'a.yaml': '' }, [], '. contains no chart. Specify the folder that contains Chart.yaml.'],
    ['a library', chart('lib', library), ['lib'], 'lib is a library chart: it renders nothing by itself.'],
    ['a file', chart('a'), ['a/values.yaml'], 'a/values.yaml is not a folder. Specify the folder of a chart.'],
    ['a policy that is there', chart('a', { 'chartlint.yaml': 'mine' }), [], 'a/chartlint.yaml already exists.'],
    ['one of the other name', chart('a', { 'chartlint.yml': 'mine' }), ['--force'], 'a/chartlint.yml already exists.'],
    [
      'a chart that does not render',
      chart('a', { 'templates/x.yaml': '{{ fail "no" }}' }),
      [],
      'The chart does not render:',
    ],
    [
      'a chart that renders no object',
      chart('a', { 'templates/config.yaml': '' }),
      [],
      'The chart renders no objects, so there is nothing to assert.\nIf it needs values, write them to a values-NAME.yaml',
    ],
  ])('%s', async (_, files, args, message) => {
    const folder = folderWith(files);
    const { status, stdout, stderr } = await runMain(['init', ...args], folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(existsSync(join(folder, 'a/chartlint.yaml'))).toBe('a/chartlint.yaml' in files);
  });

  it('and writes over with --force', async () => {
    const folder = folderWith(chart('a', { 'chartlint.yaml': 'mine' }));
    expect((await init(folder, '--force')).text).toContain('version: 1\n');
  });
});

it('gives no advice about values where a dependency is missing', async () => {
  const folder = folderWith({
    'c/Chart.yaml':
      'apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies: [{ name: d, version: 1.0.0, repository: "https://d.example" }]\n',
    'c/templates/a.yaml': 'a: 1\n',
  });
  const { status, stderr } = await runMain(['init', 'c'], folder);
  expect(status).toBe(2);
  expect(stderr).toMatch(/missing in charts\/ directory: d\nRun chartlint deps [^\n]*\n$/);
});
