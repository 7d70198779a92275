import { execFileSync } from 'node:child_process';
import { folderWith } from './chartlint.ts';

const IDENTITY = ['-c', 'user.name=test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false'];

/** Runs git in a folder and returns what it prints. */
export function git(folder: string, ...words: readonly string[]): string {
  return execFileSync('git', [...IDENTITY, ...words], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
}

/** A repository with one commit, tagged `base`, that holds these files. */
export function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder);
  git(folder, 'tag', 'base');
  return folder;
}

/** Commits everything. */
export function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message=test');
}
