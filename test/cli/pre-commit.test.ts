import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chart } from './chart-run.ts';
import { folderWith, ROOT } from './chartlint.ts';
import { commit, git, repositoryWith } from './git-folder.ts';
import { keepFolder } from './main-in-process.ts';
import { publish } from './published.ts';

const PRE_COMMIT = process.env['PRE_COMMIT'] ?? 'pre-commit';
const isThere = spawnSync(PRE_COMMIT, ['--version']).status === 0;

// Set PRE_COMMIT to the command where it is not on the PATH.
describe.skipIf(!isThere)('the pre-commit hook (skipped where pre-commit is not installed)', () => {
  const published = keepFolder();
  const cache = keepFolder();
  let config = '';
  beforeAll(() => {
    const rev = publish(published);
    // The recipe of the README.
    const [recipe = ''] = /^repos:\n(?: .*\n)+/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
    config = recipe.replace('https://github.com/OWNER/chartlint', published);
    if (!config.includes(`repo: ${published}\n    rev: ${rev}\n`)) throw new Error(`not the recipe: ${config}`);
  });

  function project(files: Readonly<Record<string, string>>): string {
    return repositoryWith({
      ...chart('charts/a'),
      ...chart('charts/b'),
      'README.md': '',
      '.pre-commit-config.yaml': config,
      ...files,
    });
  }

  function run(folder: string, ...args: readonly string[]): { status: number | null; output: string } {
    git(folder, 'add', '--all');
    const { status, stdout, stderr } = spawnSync(PRE_COMMIT, ['run', '--color', 'never', '--verbose', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PRE_COMMIT_HOME: cache },
    });
    return { status, output: stdout + stderr };
  }

  it('passes a clean commit of two charts, and is skipped for other files', () => {
    const folder = project({});
    writeFileSync(join(folder, 'README.md'), 'changed');
    expect(run(folder).output).toContain('(no files to check)Skipped');
    writeFileSync(join(folder, 'charts/a/values.yaml'), 'a: other\n');
    writeFileSync(join(folder, 'charts/b/templates/_x.tpl'), '');
    const { status, output } = run(folder);
    expect(output).toContain('Passed');
    expect(output).toContain('2 resources');
    expect(status).toBe(0);
    expect(run(folder, '--all-files').status).toBe(0);
  }, 180_000);

  it('fails a commit that breaks a chart, and lints the chart once', () => {
    const folder = project({});
    writeFileSync(join(folder, 'charts/a/values.yaml'), 'a: 5\n');
    writeFileSync(join(folder, 'charts/a/templates/_x.tpl'), '');
    const { status, output } = run(folder);
    expect(status).toBe(1);
    expect(output.match(/✗ error/g)).toHaveLength(1);
    expect(output).toContain('charts/a/templates/config.yaml:6');
  }, 180_000);

  it('skips a values file of no chart, lints the charts of a policy, and lets a chart be deleted', () => {
    const folder = project({ 'chartlint.yaml': 'version: 1\nextends: [recommended]\n' });
    writeFileSync(join(folder, 'values-lost.yaml'), 'a: 1\n');
    const lost = run(folder);
    expect(lost.status).toBe(0);
    expect(lost.output).toContain('1 file skipped');
    expect(lost.output).toContain('there is nothing to lint');
    expect(lost.output).not.toContain('not applicable');
    rmSync(join(folder, 'values-lost.yaml'));
    writeFileSync(join(folder, 'chartlint.yaml'), 'version: 1\nprinciples: {}\n');
    expect(run(folder).output).toContain('2 resources');
    commit(folder);
    rmSync(join(folder, 'charts/a'), { recursive: true });
    expect(run(folder)).toMatchObject({ status: 0 });
  }, 180_000);

  it('lints manifests where its pattern is widened', () => {
    const folder = folderWith({
      'manifests/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  PORT: 8000\n',
      'manifests/README.md': '',
      '.pre-commit-config.yaml': `${config}        files: ^manifests/\n`,
    });
    git(folder, 'init', '--quiet');
    const { status, output } = run(folder);
    expect(status).toBe(1);
    expect(output).toContain('manifests/a.yaml:6');
    expect(output).not.toContain('README');
  }, 180_000);
});
