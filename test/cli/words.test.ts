import { describe, expect, it } from 'vitest';
import { chart } from './chart-run.ts';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\n';

describe('a report', () => {
  it('names the namespace where two objects differ in it alone', () => {
    const of = (name: string, namespace: string): string => {
      return `${CONFIG}metadata: { name: ${name}, namespace: ${namespace} }\ndata: { A: 1 }\n`;
    };
    const folder = folderWith({ 'a.yaml': [of('a', 'blue'), of('a', 'green'), of('b', 'blue')].join('---\n') });
    for (const format of ['pretty', 'markdown', 'github', 'html']) {
      const { stdout } = chartlint(['a.yaml', '--format', format], { folder });
      expect(stdout).toContain('ConfigMap/a in namespace blue');
      expect(stdout).toContain('ConfigMap/a in namespace green');
      expect(stdout).toContain('ConfigMap/b');
      expect(stdout).not.toContain('ConfigMap/b in namespace');
    }
    const { report } = chartlintJson(['a.yaml'], { folder });
    expect(Object.keys(report.findings[0]?.resource ?? {})).toEqual(['apiVersion', 'kind', 'name', 'namespace']);
  });

  it('lists all policies where several hold', () => {
    const file = `${CONFIG}metadata: { name: a }\n`;
    const policy = (name: string): string => `version: 1\nname: ${name}\nextends: [recommended]\n`;
    const folder = folderWith({
      'a/chartlint.yaml': policy('one'),
      'a/m.yaml': file,
      'b/chartlint.yaml': policy('two'),
      'b/m.yaml': file,
    });
    const { report } = chartlintJson(['a', 'b'], { folder });
    expect(report.policy).toEqual({ name: 'one, two', file: null });
    expect(report.policies).toEqual([
      { name: 'one', file: 'a/chartlint.yaml' },
      { name: 'two', file: 'b/chartlint.yaml' },
    ]);
  });

  it('that goes to a file alone leaves one line at the terminal', () => {
    const folder = folderWith({ 'a.yaml': `${CONFIG}metadata: { name: a }\ndata: { A: 1 }\n` });
    expect(chartlint(['a.yaml', '--format', 'html=r.html', '--format', 'json=r.json'], { folder })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'chartlint: 1 error in 1 file; see r.html and r.json\n',
    });
    expect(chartlint(['a.yaml', '--format', 'json=r.json', '--format', 'github'], { folder }).stderr).toBe('');
  });
});

it.each([
  'https://example.com/policy.yaml',
  'git@example.com:team/policy.yaml',
  'oci://example.com/policy',
  'github.com/team/policy',
])('refuses to extend %s as what it is', (address) => {
  for (const written of [`[${JSON.stringify(address)}]`, JSON.stringify(address)]) {
    const folder = folderWith({ 'chartlint.yaml': `version: 1\nextends: ${written}\n`, 'a.yaml': CONFIG });
    const { report } = chartlintJson(['a.yaml'], { folder });
    expect(report.errors[0]).toMatchObject({
      kind: 'config',
      message:
        `${address} is an address on the network: a policy extends built-in policies and files, which are there ` +
        'whenever it is read. Save the file beside this one and write its path.',
      location: { file: 'chartlint.yaml', line: 2 },
    });
  }
});

describe('a finding inside a file that an object holds', () => {
  it.each([
    ['ConfigMap', 'ConfigMap a holds a number in exponent form in app.yaml, where the values file has a whole number.'],
    ['Widget', 'data["app.yaml"] holds a number in exponent form, as Helm prints a large one.'],
  ])('names the one line and its key: %s', (kind, message) => {
    const folder = folderWith(
      chart('c', {
        'values.yaml': 'host: a\nmax: 1000000\nport: 80\n',
        'templates/config.yaml': `apiVersion: ${kind === 'ConfigMap' ? 'v1' : 'a.example/v1'}\nkind: ${kind}\nmetadata: { name: a }\ndata:\n  app.yaml: |\n    host: {{ .Values.host }}\n    max: {{ .Values.max }}\n    port: {{ .Values.port }}\n`,
      }),
    );
    const { report } = chartlintJson(['c'], { folder });
    const [finding, ...others] = report.findings.filter(({ messageId }) => messageId === 'exponent');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      message,
      location: { file: 'c/templates/config.yaml', line: 7, column: 10 },
      rendered: { line: 9 },
      values: [{ key: 'max', file: 'c/values.yaml', line: 2 }],
    });
    expect(finding?.help).toContain('Quote max in c/values.yaml');
  });
});

describe('the help for a number where a string is expected', () => {
  const env = (value: string): string =>
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a, env: [' +
    value +
    '] }] }\n';

  it.each([
    [
      'days: "14"\n',
      env('{ name: A, value: {{ .Values.days }} }'),
      /^End the expression that prints .* with `\| quote`\.$/,
    ],
    [
      'e: [{ name: A, value: 5 }]\n',
      env('').replace('[]', '{{ toJson .Values.e }}'),
      /^Quote e\S+value in c\/values\.yaml\.$/,
    ],
    ['{}\n', env('{ name: A, value: 5 }'), /^Quote the value of spec\..*\.$/],
    [
      'days: "14"\n',
      `${CONFIG}metadata: { name: a }\ndata: { A: {{ .Values.days }} }\n`,
      /^End the expression that prints A with `\| quote`\.$/,
    ],
    [
      'd: { A: 14 }\n',
      `${CONFIG}metadata: { name: a }\ndata: {{ toJson .Values.d }}\n`,
      /^Quote d\.A in c\/values\.yaml\.$/,
    ],
    ['{}\n', `${CONFIG}metadata: { name: a }\ndata: { A: 14 }\n`, /^Quote the value of A\.$/],
  ])('can be followed (%j, %j)', (values, template, help) => {
    const folder = folderWith({
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/values.yaml': values,
      'c/templates/a.yaml': template,
    });
    const { report } = chartlintJson(['c'], { folder });
    expect(report.findings.map((finding) => finding.help)).toEqual([expect.stringMatching(help)]);
  });
});

describe('help that names a glob or a claim', () => {
  const check = (rule: string, options: string): string =>
    `version: 1\nname: team\nprinciples:\n  p: { title: P, checks: [{ rule: ${rule}, with: ${options} }] }\n`;
  const set = (template: string): string =>
    `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec:\n  template: { spec: { containers: [{ name: a, image: a, volumeMounts: [{ name: ${template}, mountPath: /d }] }] } }\n` +
    `  volumeClaimTemplates: [{ metadata: { name: ${template} } }]\n`;
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a }] }\n';

  it.each([
    [
      check('configmap-required-keys', '{ keys: ["*LOG*"] }'),
      `${CONFIG}metadata: { name: a }\ndata: { A: b }\n`,
      'Add a key that matches *LOG* to the data of ConfigMap a.',
    ],
    [
      check('pvc-names', '{ claims: [data] }'),
      set('data'),
      'A claim of this template is always called NAME-db-0: mount a claim called data as a volume instead, or agree on data-db-0.',
    ],
    [check('pvc-names', '{ claims: [files-db-0] }'), set('data'), 'Rename the volumeClaimTemplate to files.'],
    [
      check('image-pull-secrets', '{ names: ["reg-*"] }'),
      pod,
      'Add a name that matches reg-* to imagePullSecrets of the Pod.',
    ],
  ])('can be followed (%#)', (policy, manifest, help) => {
    const folder = folderWith({ 'chartlint.yaml': policy, 'a.yaml': manifest });
    const { report } = chartlintJson(['a.yaml'], { folder });
    expect(report.findings.map((finding) => finding.help)).toEqual([help]);
    expect(report.findings.map(({ message }) => message).join(' ')).not.toContain('The Pod of Pod');
  });
});

it('quotes what printf left behind, and says what to correct', () => {
  const folder = folderWith({
    'a.yaml': `${CONFIG}metadata: { name: a, labels: { x: "n-%!s(MISSING)" } }\ndata: { A: "b %!d(string=5)" }\n`,
  });
  const { report } = chartlintJson(['a.yaml'], { folder });
  expect(report.findings.map(({ message }) => message).toSorted()).toEqual([
    expect.stringContaining('%!d(string='),
    expect.stringContaining('%!s(MISSING)'),
  ]);
});

it('shows the line of a policy that cannot be used, in each of its files, without secrets', () => {
  const folder = folderWith({
    'chartlint.yaml':
      'version: 1\nextends: [./team.yaml]\nenvironments: { a: { valus: [x], set: ["db.password=hunter2"] } }\n',
    'team.yaml': 'version: 1\nextends: [recommended]\nprinciples:\n  a: { title: x, checks: [{ rule: image-tagg }] }\n',
    'a.yaml': `${CONFIG}metadata: { name: a }\n`,
  });
  const { stdout } = chartlint(['a.yaml'], { folder });
  expect(stdout).toContain('> 3 │ environments: { a: { valus: [x]');
  expect(stdout).toContain('> 4 │   a: { title: x, checks: [{ rule: image-tagg }] }');
  expect(stdout).not.toContain('hunter2');
});
