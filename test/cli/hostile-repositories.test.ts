import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from './chartlint.ts';
import { git as runGit } from './git-folder.ts';
import { runMain } from './main-in-process.ts';

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';

function gitIn(folder: string): (...words: readonly string[]) => string {
  return (...words) => runGit(folder, ...words);
}

/** A repository of two commits, and a program outside of it that leaves a trace when it is run. */
function hostileRepository(): { repository: string; program: string; trace: string } {
  const folder = folderWith({ 'repository/c/a.yaml': MANIFEST, program: '' });
  const repository = join(folder, 'repository');
  const program = join(folder, 'program');
  const trace = join(folder, 'trace');
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${trace}'\ncat\n`);
  chmodSync(program, 0o755);
  const git = gitIn(repository);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  writeFileSync(join(repository, '.gitattributes'), '*.yaml diff=evil filter=evil\n*.txt filter=long\n');
  writeFileSync(join(repository, 'c/b.txt'), 'b');
  git('add', '.');
  git('commit', '--quiet', '--message=two');
  return { repository, program, trace };
}

function changedSince(ref: string, folder: string): ReturnType<typeof runMain> {
  return runMain(['.', '--changed-since', ref, '--format', 'json'], folder);
}

function resourcesIn(report: string): number {
  return (JSON.parse(report) as { summary: { resources: number } }).summary.resources;
}

describe('a hostile repository', () => {
  it('runs none of its commands', async () => {
    const { repository, program, trace } = hostileRepository();
    const hooks = join(repository, '..', 'hooks');
    mkdirSync(hooks);
    for (const hook of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman']) {
      for (const folder of [hooks, join(repository, '.git/hooks')]) symlinkSync(program, join(folder, hook));
    }
    appendFileSync(
      join(repository, '.git/config'),
      `[core]
fsmonitor = ${program}
sshCommand = ${program}
pager = ${program}
hooksPath = ${hooks}
askPass = ${program}
[diff]
external = ${program}
[diff "evil"]
textconv = ${program}
command = ${program}
[filter "evil"]
clean = ${program}
smudge = ${program}
required = true
[filter "long"]
process = ${program}
required = true
[alias]
diff = !${program}
ls-files = !${program}
[pager]
diff = ${program}
[remote "origin"]
url = ext::${program}
promisor = true
uploadpack = ${program}
partialclonefilter = blob:none
[extensions]
partialClone = origin
`,
    );
    appendFileSync(join(repository, 'c/a.yaml'), '# changed\n');
    writeFileSync(join(repository, 'c/b.txt'), 'c');
    const { status, stdout } = await changedSince('HEAD~1', repository);
    expect(existsSync(trace) ? readFileSync(trace, 'utf8') : '').toBe('');
    expect(status).toBe(0);
    expect(resourcesIn(stdout)).toBe(1);
  });

  it('fetches no object that is missing', async () => {
    const { repository, program, trace } = hostileRepository();
    const git = gitIn(repository);
    git('config', 'extensions.partialClone', 'origin');
    git('config', 'core.repositoryFormatVersion', '1');
    git('config', 'remote.origin.promisor', 'true');
    git('config', 'remote.origin.url', `ext::${program} %S`);
    git('config', 'protocol.ext.allow', 'always');
    const { status, stderr } = await changedSince('0123456789012345678901234567890123456789', repository);
    expect(stderr).toContain('Git has no commit 0123456789012345678901234567890123456789');
    expect(status).toBe(2);
    expect(existsSync(trace)).toBe(false);
  });

  it('is not a folder in it that looks like one', async () => {
    const { repository, program, trace } = hostileRepository();
    const inner = join(repository, 'charts');
    for (const folder of ['objects', 'refs', 'files']) mkdirSync(join(inner, folder), { recursive: true });
    writeFileSync(join(inner, 'HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(inner, 'config'), `[core]\nbare = false\nworktree = files\nfsmonitor = ${program}\n`);
    writeFileSync(join(inner, 'files/a.yaml'), MANIFEST);
    const { status, stderr } = await runMain(['charts/files', '--changed-since', 'HEAD'], repository);
    expect(status).toBe(2);
    expect(stderr).toContain(
      'is not in a Git repository that can be read. Git says: fatal: cannot use bare repository',
    );
    expect(existsSync(trace)).toBe(false);
  });

  it('does not say that its files are everywhere', async () => {
    const { repository } = hostileRepository();
    gitIn(repository)('config', 'core.worktree', '/');
    const { status, stderr } = await changedSince('HEAD~1', repository);
    expect(status).toBe(2);
    expect(stderr).toContain('where there is no .git. Lint everything.');
  });

  it('has no git of its own', async () => {
    const { repository, trace, program } = hostileRepository();
    symlinkSync(program, join(repository, 'git'));
    const before = process.env['PATH'];
    process.env['PATH'] = `.:${before}`;
    try {
      expect((await changedSince('HEAD~1', repository)).status).toBe(0);
    } finally {
      process.env['PATH'] = before;
    }
    expect(existsSync(trace)).toBe(false);
  });

  it.each([
    '--upload-pack=touch x',
    '--output=x',
    '-x',
    'a\nb',
    'HEAD\n::error::x',
    'x'.repeat(100_000),
    '',
    ':/',
    '$(id)',
  ])('has no commit %j', async (ref) => {
    const { repository } = hostileRepository();
    const { status, stderr } = await changedSince(ref, repository);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^chartlint: /);
    expect(stderr.length).toBeLessThan(11_000);
    expect(stderr).not.toMatch(/^::/m);
    expect(existsSync(join(repository, 'x'))).toBe(false);
  });

  it('may have any names', async () => {
    const { repository } = hostileRepository();
    const names = [
      'a\nb.yaml',
      'a\tb.yaml',
      'a"b.yaml',
      "a'b.yaml",
      'ü.yaml',
      '--a.yaml',
      ':a.yaml',
      'a\\b.yaml',
      '*.yaml',
    ];
    for (const [index, name] of names.entries()) {
      writeFileSync(join(repository, 'c', name), MANIFEST.replace('name: a', `name: a${index}`));
    }
    writeFileSync(
      Buffer.concat([Buffer.from(join(repository, 'c/')), Buffer.from([0xff]), Buffer.from('.yaml')]),
      MANIFEST,
    );
    const { stdout } = await changedSince('HEAD', repository);
    const { errors } = JSON.parse(stdout) as { errors: unknown[] };
    // The manifest that did not change is read as well: others may refer to it.
    expect(resourcesIn(stdout)).toBe(names.length + 1);
    expect(errors).toHaveLength(1);
  });

  it('may be linked to, and have submodules', async () => {
    const { repository, program, trace } = hostileRepository();
    const other = hostileRepository().repository;
    const git = gitIn(repository);
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'module');
    git('commit', '--quiet', '--message=three');
    appendFileSync(join(repository, '.git/modules/module/config'), `[core]\nfsmonitor = ${program}\n`);
    writeFileSync(join(repository, 'module/c/new.yaml'), MANIFEST);
    rmSync(trace, { force: true });
    expect((await changedSince('HEAD', repository)).status).toBe(0);
    expect(existsSync(trace)).toBe(false);
    const linked = folderWith({ 'a.yaml': MANIFEST });
    symlinkSync(join(repository, '.git'), join(linked, '.git'));
    expect((await changedSince('HEAD', linked)).status).toBe(0);
    expect(existsSync(trace)).toBe(false);
  });
});
