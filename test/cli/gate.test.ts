import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { helmPath } from '../../scripts/unpack-helm.mjs';
import { chart } from './chart-run.ts';
import { chartlint, folderWith, ROOT, type Outcome } from './chartlint.ts';
import { keepFolder } from './main-in-process.ts';

const CLEAN = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata: { a: é }\n';
const WRONG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  PORT: 8000\n';
const gate = (input: string | Uint8Array, ...args: readonly string[]): Outcome =>
  chartlint(['gate', ...args], { folder: folderWith({}), input });

describe('chartlint gate', () => {
  it.each(['', '\uFEFF', '# Source: a\r\n---\n'])('passes clean manifests on as they are: %j', (head) => {
    expect(gate(head + CLEAN)).toEqual({ status: 0, stdout: head + CLEAN, stderr: '' });
  });

  it('passes nothing on when something is found, and says what', () => {
    const { status, stdout, stderr } = gate(CLEAN + '---\n' + WRONG);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('PORT');
    expect(stderr).toContain('<stdin>:12:9');
  });

  it.each<[string, string | Uint8Array, string[]]>([
    ['what is no YAML', 'a: [', []],
    ['what is no text', new Uint8Array([0x61, 0xff]), []],
    ['nothing', '', []],
    ['a policy that is not there', CLEAN, ['--policy', 'nope.yaml']],
    ['a report that cannot be written', CLEAN, ['--format', 'json=missing/report.json']],
    ['an option that there is not', CLEAN, ['--set', 'a=b']],
  ])('passes nothing on when it cannot tell: %s', (_, input, args) => {
    const { status, stdout, stderr } = gate(input, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });

  it('takes what counts from its options, and says what does not count', () => {
    expect(gate(WRONG, '--fail-on', 'never')).toMatchObject({ status: 0, stdout: WRONG });
    expect(gate(WRONG, '--fail-on', 'never').stderr).toContain('PORT');
    expect(gate(WRONG, '--skip', 'valid-manifests')).toMatchObject({ status: 0, stdout: WRONG });
  });
});

describe('the Helm plugins', () => {
  const helm = helmPath();
  const data = keepFolder();
  beforeAll(() => {
    for (const plugin of helm === undefined ? [] : ['.', './plugins/gate']) {
      const env = { PATH: process.env['PATH'], HOME: data, HELM_DATA_HOME: data };
      const { status, stderr } = spawnSync(helm ?? '', ['plugin', 'install', plugin], {
        cwd: ROOT,
        encoding: 'utf8',
        env,
      });
      if (status !== 0) throw new Error(stderr);
    }
  });

  /** @param command runs helm, which is `$0` */
  const runHelm = (
    args: readonly string[],
    charts: Readonly<Record<string, string>>,
    command = '"$0" "$@"',
  ): Outcome => {
    const folder = folderWith(charts);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command, helm ?? '', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder, HELM_DATA_HOME: data },
    });
    return { status, stdout, stderr };
  };
  it.each(['plugin.yaml', 'plugins/gate/plugin.yaml'])('%s has the version of the package', (file) => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(`\nversion: ${version}\n`);
  });

  const wrong = chart('app', { 'values.yaml': 'a: 5\n' });

  it.skipIf(helm === undefined)('lint with helm chartlint', () => {
    expect(runHelm(['chartlint', 'app'], chart('app')).status).toBe(0);
    const { status, stdout } = runHelm(['chartlint', 'app', '--format', 'json'], wrong);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toHaveLength(1);
    expect(runHelm(['chartlint', 'nothing'], wrong).status).toBe(2);
    expect(runHelm(['chartlint', 'explain', 'pvc-names'], wrong).stdout).toContain('# pvc-names');
  });

  const template = ['template', 'rel', 'app', '-n', 'live', '--post-renderer', 'chartlint-gate'];

  it.skipIf(helm === undefined)('let a clean release through helm --post-renderer', () => {
    const { status, stdout, stderr } = runHelm(template, chart('app'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('name: rel-live');
  });

  it.skipIf(helm === undefined)('stop a violation, and show why where Helm lets them', () => {
    const { status, stdout, stderr } = runHelm(template, wrong);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('plugin "chartlint-gate" exited with error');
    // Node's own pipes are sockets, which nobody else can open.
    expect(runHelm(template, wrong, '"$0" "$@" 2>&1 | cat').stdout).toContain('configmap-string-values');
    expect(runHelm(template, wrong, '"$0" "$@" 2>log; cat log').stdout).toBe(stderr);
    const report = ['--post-renderer-args', '--format=markdown=report.md'];
    expect(runHelm([...template, ...report], wrong, '"$0" "$@" || cat report.md').stdout).toContain(
      'configmap-string-values',
    );
    const passed = runHelm([...template, '--post-renderer-args', '--skip=valid-manifests'], wrong);
    expect(passed).toMatchObject({ status: 0, stderr: '' });
  });
});
