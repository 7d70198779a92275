import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepFolder, runMain } from './main-in-process.ts';

const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html'];
const LONG = 'x'.repeat(100_000);
/** YAML takes no longer one without a question mark. */
const KEY = 'k'.repeat(1000);
const CHART = 'apiVersion: v2\nname: c\nversion: 1.0.0\n';
/** A page has its styles and its script. */
const MOST = 150_000;

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const OBJECT = `apiVersion: v1
kind: ConfigMap
metadata: { name: ${LONG}, labels: { a: ${LONG} } }
data: { ${KEY}: 1, ${KEY}: 2 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: a }
spec:
  selector: { matchLabels: { a: ${LONG} } }
  template:
    metadata: { labels: { a: b } }
    spec:
      containers:
        - { name: ${LONG}, image: a, imagePullPolicy: ${LONG}, env: [{ name: A, valueFrom: { configMapKeyRef: { name: ${LONG}, key: b } } }] }
`;

describe('what is longer than people read', () => {
  const folder = keepFolder();
  write(folder, {
    'fail/Chart.yaml': CHART,
    'fail/templates/a.yaml': '{{ fail (repeat 1000000 "x") }}',
    'schema/Chart.yaml': CHART,
    'schema/values.yaml': `a: ${LONG}\n`,
    'schema/values.schema.json': `{"properties":{"a":{"pattern":"^y","enum":["${LONG}"]}}}`,
    'object.yaml': OBJECT,
    'broken.yaml': `a: "${LONG}\n`,
    'policy.yaml': `version: 1\nprinciples:\n  ${KEY}: { title: ${LONG}, checks: [{ rule: ${LONG} }] }\n`,
    'comment.yaml': `a: b # chartlint-ignore ${LONG}: ${LONG}\n`,
  });

  it.each(FORMATS)('is cut in a report as %s', { timeout: 60_000 }, async (format) => {
    for (const input of ['fail', 'schema', 'object.yaml', 'broken.yaml', 'comment.yaml']) {
      const { status, stdout, stderr } = await runMain([input, '--format', format], folder);
      expect(status).toBeGreaterThan(0);
      expect(stdout.length, input).toBeLessThan(MOST);
      expect(stderr.length).toBeLessThan(20_000);
    }
    const { stdout, stderr } = await runMain(['object.yaml', '--config', 'policy.yaml', '--format', format], folder);
    expect(stdout.length).toBeLessThan(MOST);
    expect(stderr.length).toBeLessThan(20_000);
  });

  it.each([
    [['render', 'fail']],
    [['render', 'schema']],
    [['trace', 'fail']],
    [['trace', 'schema', LONG]],
    [['explain', LONG]],
    [['policy', '--config', 'policy.yaml']],
    [[LONG]],
    [['--format', LONG, 'object.yaml']],
    [['--policy', LONG, 'object.yaml']],
    [['--set', LONG, 'fail']],
    [['--only', LONG, 'object.yaml']],
    [[`--${LONG}`]],
  ])('is cut in the errors of commands', { timeout: 60_000 }, async (args) => {
    const { status, stdout, stderr } = await runMain(args, folder);
    expect(status).toBe(2);
    expect(stdout.length + stderr.length).toBeLessThan(30_000);
  });

  it('has a fingerprint that stays', async () => {
    const twice = await Promise.all([1, 2].map(() => runMain(['object.yaml', '--format', 'json'], folder)));
    expect(twice[0]?.stdout).toBe(twice[1]?.stdout);
    expect(twice[0]?.stdout).toContain('more characters');
  });
});

describe('what a CI system takes for a command', () => {
  const folder = keepFolder();
  const COMMANDS = '\\n::error::a\\n##[error]b ##vso[task.complete]c\\r::error::d\\u001b[31m';
  const NAME = '\n::error::a\r::warning::b ##vso[task]c\u001b[31m.yaml';
  write(folder, {
    'c/Chart.yaml': CHART,
    'c/values.yaml': `a: "${COMMANDS}"\n`,
    'c/templates/a.yaml': '{{ fail .Values.a }}',
    'd/Chart.yaml': `${CHART}deprecated: true\ndescription: "${COMMANDS}"\n`,
    'd/templates/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { "a${COMMANDS}": "{{ .Values.a }}" }\n`,
    'd/values.yaml': `a: "${COMMANDS}"\n"b${COMMANDS}": 1\n`,
    'chartlint.yaml': `version: 1\nname: "${COMMANDS}"\nprinciples:\n  a: { title: "${COMMANDS}", rationale: "${COMMANDS}", clause: "${COMMANDS}", checks: [{ rule: no-duplicate-keys }] }\n`,
    [`n/${NAME}`]: `kind: ConfigMap\nmetadata: { name: "${COMMANDS}" }\ndata: { "${COMMANDS}": 1, "${COMMANDS}": 2 }\n`,
  });

  const LINE =
    /^\s*::(?!error file=|error title=|warning file=|warning title=|notice file=|notice title=)|##\w*\[|\r|\u001b/imu;

  it.each([
    ...FORMATS.flatMap((format) => ['c', 'd', 'n'].map((input) => [input, '--format', format])),
    ['render', 'c'],
    ['trace', 'd'],
    ['trace', 'd', '--format', 'json'],
    ['trace', 'd', '::error::x\n::error::y'],
    ['explain', 'a'],
    ['explain', 'x\n::error::y'],
    ['policy'],
    ['n', '--changed-since', 'x\n::error::y'],
    ['d', '--env', 'x\n::error::y'],
    ['baseline', 'n', '--baseline', 'b\n::error::y.json'],
    ['n', '--format', 'json=c\n::error::y.json'],
  ])('is not printed by %s %s %s', { timeout: 60_000 }, async (...args) => {
    const { stdout, stderr } = await runMain(args, folder);
    expect(stdout + stderr).not.toMatch(LINE);
    expect((stdout + stderr).length).toBeGreaterThan(0);
  });
});
