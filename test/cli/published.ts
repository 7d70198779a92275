import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './chartlint.ts';
import { commit, git } from './git-folder.ts';

/** Makes a folder the repository as users would fetch it: the working tree, committed and tagged. Returns the tag. */
export function publish(folder: string): string {
  for (const name of git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')) {
    if (name !== '') cpSync(join(ROOT, name), join(folder, name));
  }
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  git(folder, 'init', '--quiet');
  commit(folder);
  git(folder, 'tag', `v${version}`);
  return `v${version}`;
}
