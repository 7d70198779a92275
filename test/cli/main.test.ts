import { expect, it } from 'vitest';
import type { Terminal } from '../../src/cli/terminal.ts';
import { RULES } from '../../src/engine/registry.generated.ts';
import type { Report } from '../../src/report/json.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { folderWith } from './chartlint.ts';
import { runMain as runInProcess } from './main-in-process.ts';

const throwing = defineRule({
  scope: 'configMap',
  meta: {
    summary: 'Throw',
    why: 'To see what happens.',
    help: 'Mend the rule.',
    references: [],
    severity: 'error',
    recommended: false,
    messages: {},
  },
  check({ name }) {
    throw new TypeError(`cannot check ${name}`);
  },
});

const WITH_THROWING = new Map([...RULES, ['throwing', async () => ({ default: throwing })] as const]);

function runMain(argv: readonly string[], workingDirectory: string, terminal: Partial<Terminal> = {}) {
  return runInProcess(argv, workingDirectory, terminal, WITH_THROWING);
}

const POLICY = `version: 1
principles:
  throws:
    title: It throws
    checks: [{ rule: throwing }]
  strings:
    title: Values are strings
    checks: [{ rule: configmap-string-values }]
`;
const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  A: 1\n  B: 2\n';

it('reports a rule that throws, goes on, and exits with 2', async () => {
  const folder = folderWith({ 'chartlint.yaml': POLICY, 'a.yaml': MANIFEST });
  const { status, stdout, stderr } = await runMain(['a.yaml', '--format', 'json'], folder);
  const report = JSON.parse(stdout) as Report;
  expect(status).toBe(2);
  expect(stderr).toBe('');
  expect(report.errors).toEqual([
    {
      kind: 'rule',
      message:
        'Rule throwing crashed: cannot check a. This is a bug in the rule; use --skip throwing to continue without it.',
      location: { file: 'a.yaml', line: 4, column: 9, endLine: 4, endColumn: 10 },
    },
  ]);
  expect(report.findings.map(({ location }) => location.line)).toEqual([6, 7]);
  expect((await runMain(['a.yaml', '--skip', 'throwing'], folder)).status).toBe(1);
});

const IGNORES = `${POLICY.replace(/ {2}throws[^]*?(?= {2}strings)/, '')}ignore:
  - { principle: strings, resource: ConfigMap/a, path: [data, A], reason: legacy reader, until: 2026-05-01 }
  - { principle: strings, resource: ConfigMap/a, path: [data, B], reason: was due, until: 2026-04-30 }
  - { principle: strings, resource: ConfigMap/a, path: [data, C], reason: nothing there }
  - { principle: strings, resource: ConfigMap/elsewhere, reason: not in this input }
`;

it('applies ignores, and reports those that are expired or match nothing', async () => {
  const folder = folderWith({ 'chartlint.yaml': IGNORES, 'a.yaml': MANIFEST });
  const { status, stdout } = await runMain(['a.yaml', '--format', 'json'], folder);
  const { findings, summary, principles } = JSON.parse(stdout) as Report;
  expect(
    findings.map(({ principle, messageId, location, severity, suppressed }) => [
      principle,
      messageId,
      `${location.file}:${location.line}`,
      severity,
      suppressed?.reason,
    ]),
  ).toEqual([
    ['strings', 'unquoted', 'a.yaml:6', 'error', 'legacy reader'],
    ['strings', 'unquoted', 'a.yaml:7', 'error', undefined],
    ['ignores', 'expired', 'chartlint.yaml:8', 'warning', undefined],
    ['ignores', 'unused', 'chartlint.yaml:9', 'warning', undefined],
  ]);
  expect(summary).toMatchObject({ errors: 1, warnings: 2, suppressed: 1 });
  expect(principles.map(({ id, status: found }) => `${id} ${found}`)).toEqual(['strings failed', 'ignores failed']);
  expect(status).toBe(1);
});

it('fails on what it is told to fail on', async () => {
  const warn = POLICY.replace(/ {2}throws[^]*?(?= {2}strings)/, '').replace(
    'checks:',
    'severity: warning\n    checks:',
  );
  const folder = folderWith({ 'chartlint.yaml': warn, 'a.yaml': MANIFEST });
  const status = async (...args: string[]): Promise<number> => (await runMain(['a.yaml', ...args], folder)).status;
  expect(await status()).toBe(0);
  expect(await status('--fail-on', 'warning')).toBe(1);
  expect(await status('--fail-on', 'info')).toBe(1);
  expect(await status('--fail-on', 'never')).toBe(0);
  expect(await status('--fail-on', 'error', '--fail-on', 'warning')).toBe(1);
  expect(await status('--fail-on', 'warning', '--fail-on', 'error')).toBe(0);
  expect(await status('--quiet', '--quiet', '-p', 'observer', '-p', 'recommended')).toBe(1);
  expect(await status('--max-warnings', '1')).toBe(1);
  expect(await status('--max-warnings', '2')).toBe(0);
  expect(await status('--skip', 'strings', '--allow-empty')).toBe(0);
});

it('colours when a terminal wants it', async () => {
  const folder = folderWith({ 'a.yaml': MANIFEST });
  const isColoured = async (args: readonly string[], terminal: Partial<Terminal>): Promise<boolean> => {
    return (await runMain(['a.yaml', ...args], folder, terminal)).stdout.includes('\u001b[');
  };
  expect(await isColoured([], {})).toBe(false);
  expect(await isColoured([], { isInteractive: true })).toBe(true);
  expect(await isColoured([], { isInteractive: true, environment: { NO_COLOR: '1' } })).toBe(false);
  expect(await isColoured([], { isInteractive: true, environment: { TERM: 'dumb' } })).toBe(false);
  expect(await isColoured([], { environment: { FORCE_COLOR: '1' } })).toBe(true);
  expect(await isColoured(['--no-color'], { environment: { FORCE_COLOR: '1' } })).toBe(false);
  expect(await isColoured(['--color'], { environment: { NO_COLOR: '1' } })).toBe(true);
});

it('is as wide as the terminal, and as a pipe where that does not say', async () => {
  const folder = folderWith({ 'a.yaml': MANIFEST });
  const linesAt = async (args: readonly string[], columns: number | undefined): Promise<string[]> =>
    (await runMain(args, folder, { columns })).stdout.split('\n');
  for (const args of [['a.yaml'], ['--help']]) {
    expect((await linesAt(args, 60)).every((line) => line.length <= 60)).toBe(true);
    expect(await linesAt(args, 0)).toEqual(await linesAt(args, undefined));
  }
});
