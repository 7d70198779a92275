import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { entryKind } from '../../policy/find.ts';
import { Changes, type ChangeBase } from './changed-files.ts';
import { git, withoutFilters } from './git.ts';
import { UserError } from '../user-error.ts';

/**
 * Asks Git what changed in the repositories of the inputs: since the commit that `ref` and HEAD have in common, what is
 * staged, what is not, and what Git does not know yet.
 * @param inputs as on the command line
 * @throws UserError when Git cannot tell
 */
export function readChanges(ref: string, inputs: readonly string[], workingDirectory: string): Changes {
  const folders = new Set(inputs.map((input) => nearestFolder(resolve(workingDirectory, fixedPart(input)))));
  const roots = new Set([...folders].map(rootOf));
  const bases = [...roots].map((root) => ({ root, commit: baseOf(root, ref) }));
  return new Changes(ref, bases.flatMap(changesSince), bases);
}

function rootOf(folder: string): string {
  const { status, stdout, stderr } = git(['rev-parse', '--show-toplevel'], folder);
  if (status !== 0) {
    // It may be one that another user owns, as in containers; Git says how to fix that.
    const [reason = ''] = stderr.split('\n');
    throw new UserError(
      `--changed-since asks Git, but ${folder} is not in a Git repository that can be read. Git says: ${reason}`,
    );
  }
  const root = stdout.replace(/\r?\n$/, '');
  // Its configuration can say that the files are elsewhere, even everywhere (`core.worktree`).
  if (existsSync(join(root, '.git'))) return root;
  throw new UserError(
    `--changed-since asks Git, but the repository of ${folder} has its files in ${root}, where there is no .git. Lint everything.`,
  );
}

/** The commit that `ref` and HEAD have in common. */
function baseOf(root: string, ref: string): string {
  // A name that begins with a dash would be an option.
  const known = ref.startsWith('-') ? undefined : git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], root);
  const commit = known?.status === 0 ? known.stdout.trim() : '';
  if (commit === '') {
    throw new UserError(
      `Git has no commit ${ref} in ${root}. Check the name, or fetch it: a checkout in CI often has only the last commit.`,
    );
  }
  const base = git(['merge-base', commit, 'HEAD'], root);
  if (base.status !== 0) {
    throw new UserError(
      `Git finds no common ancestor of ${ref} and HEAD. Fetch more of the history (git fetch --unshallow).`,
    );
  }
  return base.stdout.trim();
}

function changesSince({ root, commit: since }: ChangeBase): string[] {
  // Without renames both the old and the new name are told.
  const names = ['--name-only', '--no-renames', '--no-ext-diff', '--no-textconv', '-z'];
  // Inside submodules Git would start again, with their configuration.
  const diff = ['diff', ...names, '--ignore-submodules=dirty', since, '--'];
  const filters = withoutFilters(root);
  const outputs = [
    diff,
    [...diff.slice(0, -2), '--cached', since, '--'],
    ['ls-files', '--others', '--exclude-standard', '--full-name', '-z'],
  ].map((words) => {
    const { status, stdout, stderr } = git(words, root, filters);
    if (status !== 0) throw new UserError(`git ${words[0]} failed: ${stderr.trim() || `exit status ${status}`}`);
    return stdout;
  });
  const paths = outputs.flatMap((output) => output.split('\0').filter((name) => name !== ''));
  return [...new Set(paths)].map((name) => join(root, name));
}

/** What of a glob names a folder for certain. */
function fixedPart(input: string): string {
  const wildcard = input.search(/[*?[{]/);
  return wildcard === -1 || entryKind(input) !== undefined ? input : join(input.slice(0, wildcard), '.');
}

function nearestFolder(path: string): string {
  for (let at = path; ; at = dirname(at)) if (entryKind(at) === 'folder' || at === dirname(at)) return at;
}
