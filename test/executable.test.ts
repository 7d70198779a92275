import { validateWorkflow } from '@action-validator/core';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildExecutable, FUSE } from '../scripts/build-executable.mjs';
import { chartlint, folderWith, ROOT, type Outcome } from './cli/chartlint.ts';
import { keepFolder } from './cli/main-in-process.ts';

// macOS wants a signature; a build of Node as a shared library has no place for the program.
const canBuild = process.platform === 'linux' && readFileSync(process.execPath).includes(FUSE);

describe.skipIf(!canBuild)(
  'the single executable (skipped where it is not Linux, or this Node cannot hold a program)',
  () => {
    const folder = keepFolder();
    const executable = join(folder, 'chartlint');
    beforeAll(() => buildExecutable(executable), 120_000);

    function run(args: readonly string[], input = '', cwd = ROOT): Outcome {
      const { status, stdout, stderr } = spawnSync(executable, [...args], {
        cwd,
        input,
        encoding: 'utf8',
        maxBuffer: 1 << 30,
        env: { HOME: folder },
      });
      return { status, stdout, stderr };
    }

    it.each([
      ['--version'],
      ['--help'],
      ['rules'],
      ['explain', 'pvc-names'],
      ['fixtures/charts/observer', '--format', 'json'],
      ['fixtures/charts/observer', '-f', 'fixtures/values/hotfix.yaml'],
      ['fixtures/charts/observer', '--format', 'html', '--color'],
      ['fixtures/manifests/observer/prod.yaml', '--policy', 'recommended', '--concurrency', '4', '--verbose'],
      ['fixtures/charts', '--format', 'sarif', '--concurrency', '2'],
      ['render', 'fixtures/charts/observer'],
      ['trace', 'fixtures/charts/observer'],
      ['policy', '--policy', 'observer'],
      ['missing.yaml'],
      ['--fail-on', 'nothing'],
      ['__complete', '--only', 'secret'],
    ])('does what the package does: %s %s %s', (...args) => {
      expect(run(args)).toEqual(chartlint(args));
    });

    it('reads standard input, its own environment and the folder it is run in', () => {
      const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  PORT: 8000\n';
      const elsewhere = folderWith({ 'chartlint.yaml': 'version: 1\nname: here\nextends: [recommended]\n' });
      const args = ['-', '--format', 'json', '--concurrency', '2'];
      const outcome = run(args, manifest, elsewhere);
      expect(outcome).toEqual(chartlint(args, { folder: elsewhere, input: manifest }));
      expect(JSON.parse(outcome.stdout)).toMatchObject({ policy: { name: 'here' }, summary: { errors: 1 } });
      const colored = spawnSync(executable, ['-'], { input: manifest, encoding: 'utf8', env: { FORCE_COLOR: '1' } });
      expect(colored.stdout).toContain('\u001b[');
    });

    it('needs no other file, and leaves none', () => {
      const home = folderWith({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' });
      const { status } = spawnSync(executable, ['a.yaml'], { cwd: home, env: { HOME: home } });
      expect(status).toBe(0);
      expect(existsSync(join(home, '.cache'))).toBe(false);
      rmSync(join(home, 'a.yaml'));
    });
  },
);

it('is offered by a workflow that GitHub takes', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8');
  expect(validateWorkflow(workflow)).toEqual({ actionType: 'workflow', errors: [] });
  const page = readFileSync(join(ROOT, 'docs/install.md'), 'utf8');
  const names = [...workflow.matchAll(/name: (chartlint-[\w.-]+)/g)].map(([, name]) => name ?? '');
  expect(names).toHaveLength(5);
  for (const name of names) expect(page).toContain(`\`${name}\``);
});
