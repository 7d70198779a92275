import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { folderWith, ROOT, type Outcome } from './chartlint.ts';

const CHART_YAML = 'apiVersion: v2\nname: c\nversion: 0.1.0\n';
const TEMPLATE =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { PORT: 8000, x: {{ quote .Values.x }} }\n';
const GOOD = { 'good/Chart.yaml': CHART_YAML, 'good/values.yaml': 'x: y\n', 'good/templates/c.yaml': TEMPLATE };
const BAD = { 'bad/Chart.yaml': CHART_YAML, 'bad/values.yaml': 'x: y\n', 'bad/templates/c.yaml': TEMPLATE };
const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\ndata:\n  PORT: 8000\n';
/** Milliseconds in which a run ends, whatever it is given. */
const LIMIT = 20_000;

/** Runs a line of bash in which `$CHARTLINT` is the command. */
function bash(line: string, folder: string): Outcome & { signal: NodeJS.Signals | null } {
  const { status, signal, stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    timeout: LIMIT,
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], CHARTLINT: `${process.execPath} ${join(ROOT, 'dist/chartlint.cjs')}` },
  });
  return { status, signal, stdout, stderr };
}

/** What a line of bash reports, with the findings of what was linted all the same. */
function report(line: string, folder: string): { errors: string[]; findings: string[] } {
  const { status, signal, stdout, stderr } = bash(`${line} --format json`, folder);
  expect({ signal, stderr }).toEqual({ signal: null, stderr: '' });
  expect(status).toBe(2);
  const { errors, findings } = JSON.parse(stdout) as Report;
  return {
    errors: errors.map(({ location, message }) => `${location?.file}: ${message}`.replaceAll(folder, '…')),
    findings: findings.map(({ location }) => `${location.file}:${location.line}`),
  };
}

/** Puts something that is no file where a file is expected. */
const SPECIAL: readonly (readonly [string, string, RegExp])[] = [
  ['a pipe', 'mkfifo', /it is a pipe, not a file|does not appear to be|neither|is not a folder/],
  ['a folder', 'mkdir', /it is a folder, not a file|is a directory|no chart|unable to detect/],
  ['a link to a device', 'ln -s /dev/zero', /it is (?:a device|outside .*), not a file|is outside|is not a folder/],
  [
    'a socket',
    `${process.execPath} -e 'require("net").createServer().listen(process.argv[1],()=>process.exit())'`,
    /it is a socket, not a file|is not a folder|./,
  ],
];

describe.each(SPECIAL)('%s', (_name, make, reason) => {
  it.each(['Chart.yaml', '.helmignore', 'chartlint.yaml', 'values.yaml', 'values.schema.json', 'templates/x.yaml'])(
    'as %s costs the chart its report, and no other one',
    (file) => {
      const folder = folderWith({ ...GOOD, ...BAD });
      // The listener of a socket removes its file when it ends, so it stays only as long as the process is not asked.
      bash(`rm -f bad/${file}; ${make} bad/${file}`, folder);
      if (bash(`test -e bad/${file}`, folder).status !== 0 || (make === 'mkdir' && file === 'templates/x.yaml')) return;
      const { errors, findings } = report('$CHARTLINT good bad', folder);
      // A pipe is none of the chart's policies, and none of its files either.
      expect([1, file === 'chartlint.yaml' ? 2 : 1]).toContain(errors.length);
      for (const error of errors) expect(error).toContain(file);
      expect(findings).toContain('good/templates/c.yaml:4');
    },
  );

  it.each([
    ['named', '$CHARTLINT x.yaml good.yaml'],
    ['in a folder', '$CHARTLINT .'],
    ['in a glob', "$CHARTLINT '*.yaml'"],
  ])('%s as a manifest is one error', (_how, line) => {
    const folder = folderWith({ 'good.yaml': MANIFEST });
    bash(`${make} x.yaml`, folder);
    if (make === 'mkdir') return;
    const { errors, findings } = report(line, folder);
    expect(findings).toEqual(['good.yaml:6']);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^x\.yaml: The file cannot be read: it is .*, not a file\. .+\.$/);
  });

  it.each([
    ['-f', '$CHARTLINT good -f x'],
    ['--set-file', '$CHARTLINT good --set-file x=x'],
    ['--config', '$CHARTLINT good --config ./x'],
    ['--policy', '$CHARTLINT good --policy ./x'],
    ['extends', "echo 'version: 1\nextends: [./x]' > chartlint.yaml; $CHARTLINT good"],
    [
      'values of a policy',
      "echo 'version: 1\nenvironments: { e: { values: [../x] } }' > chartlint.yaml; $CHARTLINT good",
    ],
    ['--baseline', '$CHARTLINT good --baseline x'],
    ['render -f', '$CHARTLINT render good -f x'],
    ['render', '$CHARTLINT render ./x'],
    ['trace', '$CHARTLINT trace ./x'],
    ['init', '$CHARTLINT init ./x'],
    ['baseline', '$CHARTLINT baseline good --baseline x'],
  ])('given to %s is one error', (_how, line) => {
    const folder = folderWith({ ...GOOD, '.git/HEAD': '' });
    bash(`${make} x`, folder);
    const { status, signal, stdout, stderr } = bash(line, folder);
    expect({ status, signal }).toEqual({ status: 2, signal: null });
    expect(stderr).not.toContain('    at ');
    expect((stdout + stderr).replace(/\s+/g, ' ')).toMatch(reason);
  });
});

describe('standard input', () => {
  it.each([
    ['a folder', '$CHARTLINT - < /tmp', 'it is a folder'],
    ['a folder, at the gate', '$CHARTLINT gate < /tmp', 'it is a folder'],
    ['a device without an end', '$CHARTLINT - < /dev/zero', 'it is larger than 500 MB'],
    ['a device without an end, at the gate', '$CHARTLINT gate < /dev/zero', 'it is larger than 500 MB'],
    ['a device without an end, by its name', '$CHARTLINT /dev/stdin < /dev/zero', 'it is larger than 500 MB'],
    ['a folder of values', '$CHARTLINT good -f - < /tmp', 'it is a folder'],
    ['a folder of values to render', '$CHARTLINT render good -f - < /tmp', 'it is a folder'],
    ['values without an end', '$CHARTLINT render good -f /dev/stdin < /dev/zero', 'it is larger than 500 MB'],
    ['values of a pipe without an end', '$CHARTLINT render good -f <(cat /dev/zero)', 'it is larger than 500 MB'],
  ])('is refused when it is %s', (_name, line, reason) => {
    const { status, signal, stdout, stderr } = bash(line, folderWith(GOOD));
    expect({ status, signal }).toEqual({ status: 2, signal: null });
    expect((stdout + stderr).replace(/\s+/g, ' ')).toContain(reason);
    expect(stderr).not.toContain('    at ');
  });
});

describe('a pipe that is meant', () => {
  const lines = 'sed -n s/.*x:.//p';
  it.each([
    ['-f <(…)', `$CHARTLINT render good -f <(echo 'x: "42"') | ${lines}`],
    ['-f /dev/stdin', `echo 'x: "42"' | $CHARTLINT render good -f /dev/stdin | ${lines}`],
    ['-f /dev/stdin of a file', `echo 'x: "42"' > v; $CHARTLINT render good -f /dev/stdin < v | ${lines}`],
    ['-f -', `echo 'x: "42"' | $CHARTLINT render good -f - | ${lines}`],
    ['--set-file', `$CHARTLINT render good --set-file x=<(printf 42) | ${lines}`],
    ['a slow pipe', `$CHARTLINT render good --set-file x=<(printf 4; sleep 1; printf 2) | ${lines}`],
  ])('is read: %s', (_name, line) => {
    expect(bash(line, folderWith(GOOD))).toMatchObject({ stdout: '"42" }\n', stderr: '' });
  });

  it('is read for every chart, in every thread', () => {
    const folder = folderWith({ ...GOOD, ...BAD });
    const { stdout } = bash("$CHARTLINT good bad --concurrency 4 --format json -f <(echo 'x: {a: b}')", folder);
    const { errors, findings } = JSON.parse(stdout) as Report;
    expect(errors).toEqual([]);
    expect(findings.map(({ location }) => location.file)).toContain('bad/templates/c.yaml');
    expect(findings.map(({ location }) => location.file)).toContain('good/templates/c.yaml');
  });

  it('is read as a manifest, a policy and a baseline', () => {
    const folder = folderWith({ 'a.yaml': MANIFEST });
    const lint = (line: string): Report => JSON.parse(bash(`${line} --format json`, folder).stdout) as Report;
    expect(lint('$CHARTLINT <(cat a.yaml)')).toMatchObject({ errors: [], findings: [{ location: { line: 6 } }] });
    expect(lint('cat a.yaml | $CHARTLINT /dev/stdin')).toMatchObject({ errors: [], findings: [{}] });
    expect(lint("$CHARTLINT a.yaml --config <(echo 'version: 1')")).toMatchObject({ errors: [], findings: [] });
    bash('$CHARTLINT baseline a.yaml --baseline b.json', folder);
    expect(lint('$CHARTLINT a.yaml --baseline <(cat b.json)').summary).toMatchObject({ errors: 0, suppressed: 1 });
  });

  it('is empty when it is /dev/null', () => {
    expect(bash('$CHARTLINT render good -f /dev/null', folderWith(GOOD))).toMatchObject({ status: 0, stderr: '' });
  });
});

it('follows a circle of folders in a glob once', () => {
  const folder = folderWith({ 'a/good.yaml': MANIFEST });
  symlinkSync('..', join(folder, 'a/up'));
  const { status, stdout } = bash("$CHARTLINT '**/*.yaml' --format json", folder);
  expect(status).toBe(1);
  expect((JSON.parse(stdout) as Report).errors).toEqual([]);
});
