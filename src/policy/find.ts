import { lstatSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What policy files are called that are found by themselves; the first one goes before the other. */
export const POLICY_FILE_NAMES = ['chartlint.yaml', 'chartlint.yml'];

/**
 * The policy file for an input: `chartlint.yaml` (or `.yml`) in its folder, or in the nearest folder above that has one.
 * The search ends at the root of the Git repository: a policy belongs to the repository, and a file that happens to
 * lie in someone's home folder must not decide whether their run passes.
 * @param input a file or folder; it need not exist
 * @returns an absolute path
 */
export function findPolicyFile(input: string): string | undefined {
  const path = resolve(input);
  let folder = entryKind(path) === 'folder' ? path : dirname(path);
  while (true) {
    for (const name of POLICY_FILE_NAMES) {
      const file = join(folder, name);
      if (isThere(file)) return file;
    }
    const above = dirname(folder);
    // In a worktree or a submodule `.git` is a file.
    if (above === folder || entryKind(join(folder, '.git')) !== undefined) return undefined;
    folder = above;
  }
}

/** Whether a name is taken: a folder or a broken link of that name is an error, so that no policy is passed over. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** The root of the Git repository around a folder. */
export function repositoryAround(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (entryKind(join(at, '.git')) !== undefined) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** What a path leads to; undefined when nothing can be reached there, be it missing, forbidden or a circle of links. */
export function entryKind(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}
