import { cpSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chart } from './chart-run.ts';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';
import { commit, git, repositoryWith } from './git-folder.ts';

const WRONG = { 'values.yaml': 'a: 5\n' };
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  PORT: 8000\n';
const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Thing, plural: things }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`;
const NOTHING = 'chartlint: Nothing in the inputs has changed since base: there is nothing to lint.\n';

/** Two charts with a finding each, and two manifests with one each. */
function project(files: Readonly<Record<string, string>> = {}): string {
  return repositoryWith({
    ...chart('charts/a', WRONG),
    ...chart('charts/b', WRONG),
    'env/b.yaml': 'a: 6\n',
    'manifests/one.yaml': CONFIG_MAP,
    'manifests/näme two.yaml': CONFIG_MAP.replace('name: m', 'name: n'),
    ...files,
  });
}

/** Lints what changed since `base`: the files with findings. */
function changed(folder: string, args: readonly string[] = ['charts', 'manifests'], from = folder): string[] {
  const { report, stderr } = chartlintJson([...args, '--changed-since', 'base'], { folder: from });
  expect(report.errors).toEqual([]);
  expect(stderr === '' || stderr === NOTHING).toBe(true);
  return [...new Set(report.findings.map(({ location }) => location.file))].toSorted();
}

const A = 'charts/a/templates/config.yaml';
const B = 'charts/b/templates/config.yaml';

describe('--changed-since', () => {
  it.each<[string, (write: (file: string, text: string) => void, folder: string) => void, string[]]>([
    ['a template, not staged', (write) => write('charts/a/templates/_x.tpl', ''), [A]],
    ['a new file that Git ignores', (write) => write('charts/a/ignored.log', ''), []],
    [
      'a manifest with an odd name',
      (write) => write('manifests/näme two.yaml', `${CONFIG_MAP}\n`),
      ['manifests/näme two.yaml'],
    ],
    ['a new manifest', (write) => write('manifests/new.yaml', CONFIG_MAP), ['manifests/new.yaml']],
    [
      'two charts',
      (write) => (write('charts/a/values.yaml', 'a: 7\n'), write('charts/b/values.yaml', 'a: 8\n')),
      [A, B],
    ],
    [
      'what is staged and taken back in the folder',
      (write, folder) => {
        write('charts/b/NOTES.md', '');
        git(folder, 'add', '--all');
        rmSync(join(folder, 'charts/b/NOTES.md'));
      },
      [B],
    ],
    ['what is committed', (write, folder) => (write('charts/b/NOTES.md', ''), commit(folder)), [B]],
    [
      'a template that moved from one chart to the other',
      (_, folder) => {
        renameSync(join(folder, 'charts/a/values.yaml'), join(folder, 'charts/b/moved.yaml'));
        writeFileSync(join(folder, 'charts/a/values.yaml'), 'a: 5\n');
      },
      [B],
    ],
    ['a deleted file of a chart', (_, folder) => rmSync(join(folder, 'charts/a/.helmignore')), [A]],
    ['a deleted chart', (_, folder) => rmSync(join(folder, 'charts/a'), { recursive: true }), []],
    ['another file', (write) => write('README.md', ''), []],
  ])('lints what has %s', (_, change, expected) => {
    const folder = project({ 'charts/a/.helmignore': '', '.gitignore': '*.log\n' });
    change((file, text) => writeFileSync(join(folder, file), text), folder);
    expect(changed(folder)).toEqual(expected);
  });

  it('says that there is nothing to lint, and still writes the reports', () => {
    const folder = project();
    const { status, stderr, report } = chartlintJson(['charts', '--changed-since', 'base'], { folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: NOTHING });
    expect(report).toMatchObject({ findings: [], errors: [], summary: { resources: 0, files: 0 } });
  });

  it('compares with where the branch left, not with what came after', () => {
    const folder = project();
    git(folder, 'checkout', '--quiet', '-b', 'feature');
    writeFileSync(join(folder, 'charts/a/values.yaml'), 'a: 7\n');
    commit(folder);
    git(folder, 'checkout', '--quiet', 'main');
    writeFileSync(join(folder, 'charts/b/values.yaml'), 'a: 7\n');
    commit(folder);
    git(folder, 'tag', '--force', 'base');
    git(folder, 'checkout', '--quiet', 'feature');
    expect(changed(folder)).toEqual([A]);
  });

  it('takes a chart for changed when a values file of its policy did, or the policy', () => {
    const policy = 'version: 1\nextends: [recommended]\nenvironments:\n  x: { values: [../../env/b.yaml] }\n';
    const folder = project({ 'charts/b/chartlint.yaml': policy });
    writeFileSync(join(folder, 'env/b.yaml'), 'a: 7\n');
    expect(changed(folder)).toEqual([B]);
    commit(folder);
    git(folder, 'tag', '--force', 'base');
    writeFileSync(join(folder, 'policy.yaml'), 'version: 1\nextends: [recommended]\n');
    expect(changed(folder, ['charts', '--config', 'policy.yaml'])).toEqual([A, B]);
    expect(changed(folder, ['charts/a', '-f', 'env/b.yaml'])).toEqual([]);
    writeFileSync(join(folder, 'env/b.yaml'), 'a: 9\n');
    expect(changed(folder, ['charts/a', '-f', 'env/b.yaml'])).toEqual([A]);
  });

  it.each<[string, (folder: string) => void, boolean]>([
    ['a file', (folder) => writeFileSync(join(folder, 'one.yaml'), `${DEFINITION}# more\n`), true],
    ['a file in a folder', (folder) => writeFileSync(join(folder, 'more/new.yaml'), DEFINITION), true],
    ['a file that a glob matches', (folder) => writeFileSync(join(folder, 'crds/new.yaml'), DEFINITION), true],
    ['a file that no glob matches any more', (folder) => rmSync(join(folder, 'crds/things.yaml')), true],
    ['none of them', (folder) => writeFileSync(join(folder, 'crds/README.md'), ''), false],
  ])('takes all for changed when the schemas of the policy did: %s', (_, change, isChanged) => {
    const folder = project({
      'chartlint.yaml': 'version: 1\nextends: [recommended]\nschemas: [one.yaml, more, crds/*.yaml]\n',
      'one.yaml': DEFINITION,
      'more/one.yaml': DEFINITION,
      'crds/things.yaml': DEFINITION,
      'crds/others.yaml': DEFINITION,
    });
    change(folder);
    expect(changed(folder, ['charts'])).toEqual(isChanged ? [A, B] : []);
  });

  it('takes for changed what had another policy', () => {
    const folder = project({ 'charts/chartlint.yaml': 'version: 1\nextends: [recommended]\n' });
    rmSync(join(folder, 'charts/chartlint.yaml'));
    expect(changed(folder)).toEqual([A, B]);
    expect(changed(folder, ['charts', '--policy', 'recommended'])).toEqual([]);
  });

  it('asks the right repository when Git runs it as a hook', () => {
    const folder = project();
    writeFileSync(join(folder, 'charts/a/values.yaml'), 'a: 7\n');
    const environment = { GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index', GIT_PREFIX: '' };
    const { report } = chartlintJson(['charts', '--changed-since', 'base'], { folder, environment });
    expect(report.findings.map(({ location }) => location.file)).toEqual([A]);
  });

  it('takes a chart for changed when a subchart did that it has by a local path', () => {
    const manifest = 'apiVersion: v2\nname: a\nversion: 1.0.0\n';
    const common = 'dependencies: [{ name: common, version: 1.0.0, repository: "file://../../lib/common" }]\n';
    const folder = project({
      ...chart('lib/common'),
      ...chart('charts/a/charts/common', { 'templates/config.yaml': '' }),
    });
    writeFileSync(join(folder, 'charts/a/Chart.yaml'), manifest + common);
    commit(folder);
    git(folder, 'tag', '--force', 'base');
    writeFileSync(join(folder, 'lib/common/values.yaml'), 'a: other\n');
    expect(changed(folder)).toEqual([A]);
  });

  it('reads the manifests that did not change for what refers to them, and what they refer to', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata: { HOST: a }\n';
    const pod = `apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: app
      image: a
      env: [{ name: HOST, valueFrom: { configMapKeyRef: { name: app, key: HOST } } }]
`;
    const files = { 'manifests/config.yaml': config, 'manifests/pod.yaml': pod, 'manifests/broken.yaml': 'a: [' };
    const found = (changes: Readonly<Record<string, string>>): string[] => {
      const folder = project(files);
      for (const [file, text] of Object.entries(changes)) writeFileSync(join(folder, file), text);
      return changed(folder);
    };
    expect(found({ 'manifests/pod.yaml': pod.replace('key: HOST', 'key: HOTS') })).toEqual(['manifests/pod.yaml']);
    expect(found({ 'manifests/config.yaml': config.replace('HOST', 'HOTS') })).toEqual(['manifests/pod.yaml']);
    expect(found({ 'manifests/config.yaml': `${config}# more\n` })).toEqual([]);
  });

  it('works from a folder inside, and through a link', () => {
    const folder = project();
    writeFileSync(join(folder, 'charts/a/values.yaml'), 'a: 7\n');
    expect(changed(folder, ['.', '../../manifests'], join(folder, 'charts/a'))).toEqual(['templates/config.yaml']);
    const outside = folderWith({});
    symlinkSync(folder, join(outside, 'link'));
    expect(changed(folder, ['charts'], join(outside, 'link'))).toEqual([A]);
    expect(changed(folder, ['link/charts'], outside)).toEqual([`link/${A}`]);
  });

  it('has nothing to lint of a chart that was deleted, and an error for one that never was', () => {
    const folder = project();
    rmSync(join(folder, 'charts/a'), { recursive: true });
    expect(chartlint(['charts/a', '--changed-since', 'base'], { folder })).toMatchObject({
      status: 0,
      stderr: NOTHING,
    });
    const { status, report } = chartlintJson(['charts/c', '--changed-since', 'base'], { folder });
    expect(status).toBe(2);
    expect(report.errors[0]?.message).toBe('No such file or folder. Check the path; - reads standard input.');
  });
});

describe('--changed-since is refused', () => {
  it.each([
    ['an unknown commit', ['charts', '--changed-since', 'nope'], 'Git has no commit nope in '],
    ['an option in its place', ['charts', '--changed-since=--all'], 'Git has no commit --all in '],
    [
      'standard input',
      ['-', '--changed-since', 'base'],
      '--changed-since cannot be used with standard input, which has no history. Specify files or folders.',
    ],
    [
      'values from there',
      ['charts', '-f', '-', '--changed-since', 'base'],
      '--changed-since cannot be used with standard input, ',
    ],
  ])('with %s', (_, args, message) => {
    const { status, stdout, stderr } = chartlint(args, { folder: project() });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`chartlint: ${message}`);
  });

  it('where there is no repository, no history in common, or no git', () => {
    const folder = folderWith(chart('a'));
    const args = ['a', '--changed-since', 'main'];
    expect(chartlint(args, { folder })).toMatchObject({ status: 2, stdout: '' });
    expect(chartlint(args, { folder }).stderr).toContain('is not in a Git repository that can be read.');
    const noGit = chartlint(args, { folder, environment: { PATH: '/nonexistent' } });
    expect(noGit.status).toBe(2);
    expect(noGit.stderr).toContain('there is no git command. Install Git, or lint everything.');
    const repository = project();
    git(repository, 'checkout', '--quiet', '--orphan', 'other');
    writeFileSync(join(repository, 'README.md'), '');
    commit(repository);
    expect(chartlint(['charts', '--changed-since', 'base'], { folder: repository }).stderr).toContain(
      'Git finds no common ancestor of base and HEAD.',
    );
  });
});

describe('the version of a changed chart', () => {
  const versionOf = (version: string): string => `apiVersion: v2\nname: a\nversion: ${version}\n`;
  const lint = (folder: string, args: readonly string[] = ['--changed-since', 'base']): string[] => {
    const { report } = chartlintJson(
      ['charts', '--policy', 'packaging', '--only', 'chart-version-increment', ...args],
      {
        folder,
      },
    );
    return report.findings.map(({ message }) => message);
  };

  it.each([
    ['1.0.0', 'The chart has changed, but its version 1.0.0 is not higher than 1.0.0.'],
    ['0.9.9', 'The chart has changed, but its version 0.9.9 is not higher than 1.0.0.'],
    ['1.0.0-rc.1', 'The chart has changed, but its version 1.0.0-rc.1 is not higher than 1.0.0.'],
    ['1.0.1', undefined],
    ['1.0.1-rc.1', undefined],
  ])('that is now %s', (version, message) => {
    const folder = repositoryWith({ ...chart('charts/a', {}), 'charts/a/Chart.yaml': versionOf('1.0.0') });
    writeFileSync(join(folder, 'charts/a/values.yaml'), 'a: 9\n');
    writeFileSync(join(folder, 'charts/a/Chart.yaml'), versionOf(version));
    expect(lint(folder)).toEqual(message === undefined ? [] : [message]);
    expect(lint(folder, [])).toEqual([]);
  });

  it('is not asked of a new chart, nor of one that is linted because the policy changed', () => {
    const folder = repositoryWith({ ...chart('charts/a', {}), 'charts/a/Chart.yaml': versionOf('1.0.0') });
    const files = chart('charts/b', {});
    cpSync(folderWith(files), folder, { recursive: true });
    expect(lint(folder)).toEqual([]);
  });
});
