import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\ndata:\n  PORT: 8000\n';
const EXPECTED_FINDING = 'good.yaml:6:9 configmap-string-values';

/** Lints a file beside a good one: the fault is reported at its place, and the good file is linted all the same. */
function lintBeside(files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[]): string[] {
  const folder = folderWith({ 'good.yaml': CONFIG_MAP, ...files });
  const { status, stderr, report } = chartlintJson(['good.yaml', ...args, '--policy', 'recommended'], { folder });
  expect(stderr).toBe('');
  expect(status).toBe(2);
  expect(
    report.findings.map(({ location, rule }) => `${location.file}:${location.line}:${location.column} ${rule}`),
  ).toEqual([EXPECTED_FINDING]);
  return report.errors.map(({ kind, message, location }) => {
    return `${kind} ${location?.file}:${location?.line}:${location?.column} ${message.replace(folder, '…')}`;
  });
}

describe('an input that cannot be read', () => {
  it.each([
    [
      'a missing path',
      {},
      'missing.yaml',
      'input missing.yaml:1:1 No such file or folder. Check the path; - reads standard input.',
    ],
    [
      'a glob that names nothing',
      {},
      'none-*.yaml',
      'input none-*.yaml:1:1 No such file or folder. Check the path; - reads standard input.',
    ],
    [
      'an empty folder',
      { 'empty/': '' },
      'empty',
      'input empty:1:1 The folder contains no chart and no .yaml, .yml or .json file. Specify the folder that contains the manifests.',
    ],
    [
      'an empty file',
      { 'a.yaml': '' },
      'a.yaml',
      'input a.yaml:1:1 There is nothing to lint here: no Kubernetes object was found. Use --allow-empty if that is expected.',
    ],
    [
      'only comments',
      { 'a.yaml': '# x\n---\n# y\n' },
      'a.yaml',
      'input a.yaml:1:1 There is nothing to lint here: no Kubernetes object was found. Use --allow-empty if that is expected.',
    ],
    [
      'a binary file',
      { 'a.yaml': Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0xff) },
      'a.yaml',
      'input a.yaml:1:6 This is a binary file, not YAML. Leave it out.',
    ],
    [
      'a NUL byte',
      { 'a.yaml': 'a: b\0\n' },
      'a.yaml',
      'input a.yaml:1:5 The file contains a NUL byte: it is binary, not YAML. Leave it out.',
    ],
    [
      'invalid UTF-8',
      { 'a.yaml': Uint8Array.of(0x61, 0x3a, 0x0a, 0x62, 0xff) },
      'a.yaml',
      'input a.yaml:2:2 The file is not UTF-8. Save it as UTF-8.',
    ],
    [
      'a tab',
      { 'a.yaml': 'a:\n\tb: 1\n' },
      'a.yaml',
      'syntax a.yaml:2:1 A tab is used for indentation. Indent with spaces.',
    ],
    [
      'a scalar',
      { 'a.yaml': 'hello\n' },
      'a.yaml',
      'input a.yaml:1:1 Expected a Kubernetes object with apiVersion and kind, but found a single value. Remove it or write an object.',
    ],
    [
      'a list',
      { 'a.yaml': '- a\n' },
      'a.yaml',
      'input a.yaml:1:1 Expected a Kubernetes object with apiVersion and kind, but found a list. Remove it or write an object.',
    ],
    [
      'no kind',
      { 'a.yaml': 'apiVersion: v1\nmetadata:\n  name: x\n' },
      'a.yaml',
      'input a.yaml:3:9 The object has no kind, so it cannot be linted. Add it, or leave this file out of the input.',
    ],
    [
      'no apiVersion',
      { 'a.yaml': 'kind: Pod\n' },
      'a.yaml',
      'input a.yaml:1:1 The object has no apiVersion, so it cannot be linted. Add it, or leave this file out of the input.',
    ],
    [
      'a kind that is no string',
      { 'a.yaml': 'apiVersion: v1\nkind: [Pod]\n' },
      'a.yaml',
      'input a.yaml:2:1 kind must be a non-empty string. Correct it.',
    ],
    [
      'a chart',
      { 'c/Chart.yaml': 'name: c\n' },
      'c',
      'render c/Chart.yaml:1:1 The chart cannot be loaded: validation: chart.metadata.version is required',
    ],
    [
      'an archived chart',
      { 'c.tgz': 'x' },
      'c.tgz',
      "render c.tgz:1:1 The chart cannot be loaded: file '…/c.tgz' does not appear to be a gzipped archive; got 'application/octet-stream'",
    ],
    [
      'a chart further down',
      { 'd/c/Chart.yaml': 'name: c\n' },
      'd',
      'render d/c/Chart.yaml:1:1 The chart cannot be loaded: validation: chart.metadata.version is required',
    ],
  ])('%s', (_, files, input, expected) => {
    expect(lintBeside(files, [input])).toEqual([expected]);
  });

  it('links in a circle', () => {
    const folder = folderWith({
      'good.yaml': CONFIG_MAP,
      'sub/good.yaml': CONFIG_MAP.replace('name: good', 'name: sub'),
    });
    symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
    symlinkSync('..', join(folder, 'sub/up'));
    const { status, report } = chartlintJson(['loop.yaml', 'sub'], { folder });
    expect(status).toBe(2);
    expect(report.errors.map(({ message, location }) => `${location?.file} ${message}`)).toEqual([
      'loop.yaml It cannot be opened. Check its permissions, or where the link points.',
    ]);
    expect(report.findings.map(({ location }) => location.file)).toEqual(['sub/good.yaml']);
  });

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('a file without permission', () => {
    const folder = folderWith({ 'secret.yaml': CONFIG_MAP });
    chmodSync(join(folder, 'secret.yaml'), 0);
    const { status, report } = chartlintJson(['secret.yaml'], { folder });
    expect(status).toBe(2);
    expect(report.errors[0]?.message).toBe('The file cannot be read (EACCES). Check its permissions.');
  });

  it('half a document costs that document alone', () => {
    const folder = folderWith({ 'a.yaml': `${CONFIG_MAP}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: "x\n` });
    const { status, report } = chartlintJson(['a.yaml'], { folder });
    expect(status).toBe(2);
    expect(report.findings.map(({ location }) => location.line)).toEqual([6]);
    expect(report.errors).toHaveLength(1);
    expect(report.errors[0]?.location?.line).toBeGreaterThanOrEqual(11);
  });

  it('accepts empty input when told to', () => {
    const folder = folderWith({ 'a.yaml': '# nothing\n', 'e/': '' });
    expect(chartlint(['a.yaml', '--allow-empty'], { folder }).status).toBe(0);
    expect(chartlint(['e', '--allow-empty'], { folder }).status).toBe(0);
    expect(chartlint(['missing', '--allow-empty'], { folder }).status).toBe(2);
    expect(chartlint(['-', '--allow-empty'], { folder, input: '' }).status).toBe(0);
    expect(chartlint(['-'], { folder, input: '' }).status).toBe(2);
  });
});

describe('hostile input', () => {
  it('alias bombs and deep nesting are refused quickly, in little memory', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 40; level++)
      bomb.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    const deep = `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`;
    const blocks = Array.from({ length: 10_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    const errors = lintBeside({ 'bomb.yaml': bomb.join('\n'), 'deep.yaml': deep, 'blocks.yaml': blocks }, [
      'bomb.yaml',
      'deep.yaml',
      'blocks.yaml',
    ]);
    expect(errors).toHaveLength(3);
    expect(errors[0]).toMatch(/^syntax bomb\.yaml:\d+:\d+ .*alias/);
    expect(errors[1]).toMatch(/^syntax deep\.yaml:1:\d+ Nesting is deeper/);
    expect(errors[2]).toMatch(/^syntax blocks\.yaml:\d+:\d+ Nesting is deeper/);
  });

  it('a file of 50 MB works', () => {
    const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n  KEY: "value"\n---\n';
    const folder = folderWith({ 'big.yaml': object.repeat(Math.ceil(50_000_000 / object.length)) });
    const { status, report } = chartlintJson(['big.yaml'], { folder });
    expect(status).toBe(0);
    expect(report.summary.resources).toBe(Math.ceil(50_000_000 / object.length));
  }, 120_000);

  it('__proto__ and constructor are keys like any other', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {__proto__: x, constructor: z}}\ndata:\n  __proto__: 1\n  constructor: "2"\n  toString: 3\n';
    const { report } = chartlintJson(['-'], { input: text });
    expect(report.findings.map(({ path }) => path)).toEqual([
      // The key of a label begins with a letter or digit.
      ['metadata', 'labels', '__proto__'],
      ['data', '__proto__'],
      ['data', 'toString'],
    ]);
  });

  it('control characters in names never reach the terminal', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "\\e[31mred\\n\\u009b2J"}\ndata: {"K\\e[2J": 5}\n';
    for (const format of ['pretty', 'json']) {
      const { status, stdout } = chartlint(['-', '--format', format], { input: text });
      expect(status).toBe(1);
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });

  it('any shape is survived by every rule', () => {
    const shapes = [
      'metadata: null\nspec: "x"',
      'metadata: {name: a}\nspec: {containers: {}}',
      'metadata: [a]\nspec: null',
      'metadata: {name: 1}\ndata: []',
      'metadata: {name: a}\nspec: {template: {spec: {containers: [null, 1, x, {envFrom: null, env: [null], ports: {}, volumeMounts: [1]}]}}}',
      'metadata: {name: a}\nspec: {selector: 3, ports: [null, {targetPort: {}}], template: []}\nstringData: {a: [1]}\ndata: {a: null, b: {}}',
    ];
    const kinds = [
      'v1 Pod',
      'apps/v1 Deployment',
      'batch/v1 CronJob',
      'v1 ConfigMap',
      'v1 Secret',
      'v1 Service',
      'v1 ServiceAccount',
      'v1 PersistentVolumeClaim',
      'bitnami.com/v1alpha1 SealedSecret',
      'external-secrets.io/v1 ExternalSecret',
      'v1 List',
    ];
    const text = kinds.flatMap((type) => {
      const [apiVersion, kind] = type.split(' ');
      return shapes.map((shape) => `apiVersion: ${apiVersion}\nkind: ${kind}\n${shape}\n`);
    });
    for (const policy of ['observer', 'recommended']) {
      const { status, report } = chartlintJson(['-', '--policy', policy], { input: text.join('---\n') });
      expect(report.errors).toEqual([]);
      expect(status).toBe(1);
    }
  });
});

describe('the command line', () => {
  it.each([
    [['--nonsense'], /^chartlint: Unknown option: --nonsense\.\nRun chartlint --help for usage\.\n$/],
    [['--formt=json'], /Unknown option: --formt\. Did you mean --format\?/],
    [['--fail-onn', 'error'], /Unknown option: --fail-onn\. Did you mean --fail-on\?/],
    [['--form', 'json'], /Unknown option: --form\. Did you mean --format\?/],
    [['-qx'], /Unknown option: -x\.\n/],
    [['-e'], /^chartlint: -e needs a value\./],
    [['--set'], /^chartlint: --set needs a value\./],
    [['--quiet=maybe'], /^chartlint: --quiet takes only true or false, not maybe\.\n$/],
    [['render', '.', '--include-crds=1'], /--include-crds takes only true or false, not 1\./],
    [['explain'], /^chartlint: An argument is missing\.\nRun chartlint explain --help for usage\.\n$/],
    [['explain', 'a', 'b'], /Unexpected argument: b\./],
    [['lnt', '.'], /^chartlint: There is no file, folder or command lnt\. Did you mean chartlint lint\?\n$/],
    [['exlain', 'probes'], /no file, folder or command exlain\. Did you mean chartlint explain\?/],
    [
      ['--format', 'xml'],
      /Unknown format xml\. Expected one of: pretty, json, sarif, junit, github, gitlab, markdown, html\./,
    ],
    [['--format', 'json', '--format', 'pretty'], /Only one report can go to standard output/],
    [['--format', 'json='], /has no file name/],
    [['--format', 'json=a', '--format', 'sarif=./a'], /Two reports go to \.\/a\. Write each to its own file\./],
    [['--format', 'json=good.yaml/a.json'], /cannot be written to good\.yaml\/a\.json \(ENOTDIR\)/],
    [['--format', 'json=.'], /cannot be written to \. \(EISDIR\)/],
    [
      ['--fail-on', 'sometimes'],
      /--fail-on cannot be "sometimes"\. Expected one of: "error", "warning", "info", "never"\.\n/,
    ],
    [['--max-warnings', 'x'], /--max-warnings takes a whole number/],
    [['--max-warnings', '1.5'], /--max-warnings takes a whole number/],
    [['--max-warnings='], /max-warnings/],
    [['--no-format'], /Unknown option: --no-format/],
    [['--format.x=json'], /Unknown option: --format\.x/],
    [
      ['--policy', 'observer', '--only', 'startup-prob'],
      /no principle or rule startup-prob\. Did you mean startup-probe\?/,
    ],
    [['--policy', 'observer', '--config', 'x.yaml'], /--policy and --config are mutually exclusive\./],
    [
      ['explain', 'env-no-literal'],
      /env-no-literal is neither a rule nor a principle of the policy .* Did you mean env-no-literals\?/,
    ],
    [['--format', 'json=/nowhere/at/all.json'], /cannot be written to \/nowhere\/at\/all\.json \(ENOENT\)/],
  ])('%j is refused with one message and no stack', (args, message) => {
    const folder = folderWith({ 'good.yaml': CONFIG_MAP });
    const { status, stdout, stderr } = chartlint(args, { folder });
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('ends quietly when nobody reads on', async () => {
    const { execFileSync } = await import('node:child_process');
    const folder = folderWith({
      'a.yaml': Array.from({ length: 3000 }, (_, n) => CONFIG_MAP.replace('good', `c${n}`)).join('---\n'),
    });
    const command = `"${process.execPath}" "${join(import.meta.dirname, '../../dist/chartlint.cjs')}" a.yaml 2>&1 | head -1`;
    const text = execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect(text.split('\n')).toHaveLength(2);
    expect(text).not.toMatch(/EPIPE|Error/);
  });
});

describe('a policy that cannot be used', () => {
  it.each([
    ['an unknown policy', {}, ['--policy', 'observr'], /^config undefined:undefined:undefined .*observr.*observer/],
    ['a missing policy file', {}, ['--config', 'none.yaml'], /none\.yaml/],
    ['an empty policy file', { 'p.yaml': '' }, ['--config', 'p.yaml'], /^config p\.yaml:1:1 /],
    [
      'an unknown rule',
      { 'p.yaml': 'version: 1\nprinciples:\n  a:\n    title: A\n    checks:\n      - rule: env-no-literal\n' },
      ['--config', 'p.yaml'],
      /^config p\.yaml:6:15 .*env-no-literals/,
    ],
    [
      'an option of the wrong type',
      {
        'p.yaml':
          'version: 1\nprinciples:\n  a:\n    title: A\n    checks:\n      - rule: env-no-literals\n        with: {allow: yes}\n',
      },
      ['--config', 'p.yaml'],
      /^config p\.yaml:7:23 .*list/,
    ],
    [
      'an unknown option',
      {
        'p.yaml':
          'version: 1\nprinciples:\n  a:\n    title: A\n    checks:\n      - rule: env-no-literals\n        with: {alow: []}\n',
      },
      ['--config', 'p.yaml'],
      /^config p\.yaml:7:16 .*allow/,
    ],
    [
      'an unknown key',
      { 'p.yaml': 'version: 1\nprinciples:\n  a:\n    titel: A\n    checks:\n      - rule: env-no-literals\n' },
      ['--config', 'p.yaml'],
      /^config p\.yaml:4:5 .*title/,
    ],
    [
      'a circle',
      { 'p.yaml': 'version: 1\nextends: [./q.yaml]\n', 'q.yaml': 'version: 1\nextends: [./p.yaml]\n' },
      ['--config', 'p.yaml'],
      /^config q\.yaml:2:11 .*p\.yaml → q\.yaml → p\.yaml/,
    ],
    [
      'a regular expression',
      {
        'p.yaml':
          'version: 1\nprinciples:\n  a:\n    title: A\n    checks:\n      - rule: env-no-literals\n        match: {names: ["^obs.*$"]}\n',
      },
      ['--config', 'p.yaml'],
      /^config p\.yaml:7:25 .*glob/i,
    ],
    ['broken YAML', { 'p.yaml': 'version: 1\nprinciples: [\n' }, ['--config', 'p.yaml'], /^config p\.yaml:\d+:\d+ /],
  ])('%s is an error with a place, and the input is still read', (_, files, args, expected) => {
    const folder = folderWith({ 'bad.yaml': 'a: [\n', ...files });
    const { status, report } = chartlintJson(['bad.yaml', ...args], { folder });
    expect(status).toBe(2);
    const errors = report.errors.map(
      ({ kind, message, location }) => `${kind} ${location?.file}:${location?.line}:${location?.column} ${message}`,
    );
    expect(errors[0]).toMatch(expected);
    expect(errors.at(-1)).toMatch(/^syntax bad\.yaml/);
  });
});

describe('secrets', () => {
  it('of the policy are masked too, whatever their keys look like', () => {
    const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  KIS_HTS_ID: planted-one
  POSTGRES_DB: planted-two
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
    - name: c
      env:
        - name: DB_USER
          value: planted-three
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: s}
spec:
  data: planted-four
`;
    for (const format of ['pretty', 'json']) {
      const { stdout, stderr, status } = chartlint(['-', '--policy', 'observer', '--verbose', '--format', format], {
        input: text,
      });
      expect(status).toBe(1);
      expect(stdout + stderr).not.toContain('planted');
      expect(stdout).toContain('KIS_HTS_ID');
    }
    const broken = chartlint(['-', '--policy', 'observer'], {
      input: text.replace('metadata: {name: a}', 'metadata: {name: ['),
    });
    expect(broken.status).toBe(2);
    expect(broken.stdout).not.toContain('planted-one');
  });
});

it('a ? in a glob is one character, of whatever width', () => {
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
  const folder = folderWith({ '\u{1f600}.yaml': object, 'x.yaml': object, 'xy.yaml': object });
  expect(chartlintJson(['?.yaml'], { folder }).report.summary.files).toBe(2);
  expect(chartlintJson(['x?.yaml'], { folder }).report.summary.files).toBe(1);
  expect(chartlintJson(['[x?].yaml'], { folder }).report.summary.files).toBe(1);
});
