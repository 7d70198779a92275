import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { entryKind } from '../../policy/find.ts';
import { Changes } from './changed-files.ts';
import { UserError } from '../user-error.ts';

const OF_HOOKS = new Set(['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX']);
/** As much as Git may say; a million paths are about 100 MB. */
const MAX_BYTES = 1 << 30;

/**
 * Asks Git what changed in the repositories of the inputs: since the commit that `ref` and HEAD have in common, what is
 * staged, what is not, and what Git does not know yet.
 * @param inputs as on the command line
 * @throws UserError when Git cannot tell
 */
export function readChanges(ref: string, inputs: readonly string[], workingDirectory: string): Changes {
  const folders = new Set(inputs.map((input) => nearestFolder(resolve(workingDirectory, fixedPart(input)))));
  const roots = new Set([...folders].map(rootOf));
  return new Changes(
    ref,
    [...roots].flatMap((root) => changesIn(root, ref)),
  );
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
  return stdout.replace(/\r?\n$/, '');
}

function changesIn(root: string, ref: string): string[] {
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
  const since = base.stdout.trim();
  // Without renames both the old and the new name are told.
  const diff = ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--ignore-submodules=none', '-z', since, '--'];
  const outputs = [
    diff,
    [...diff.slice(0, -2), '--cached', since, '--'],
    ['ls-files', '--others', '--exclude-standard', '--full-name', '-z'],
  ].map((words) => {
    const { status, stdout, stderr } = git(words, root);
    if (status !== 0) throw new UserError(`git ${words[0]} failed: ${stderr.trim() || `exit status ${status}`}`);
    return stdout;
  });
  const names = outputs.flatMap((output) => output.split('\0').filter((name) => name !== ''));
  return [...new Set(names)].map((name) => join(root, name));
}

function git(words: readonly string[], folder: string): { status: number | null; stdout: string; stderr: string } {
  // Paths of `diff` are relative to the folder where the user has set `diff.relative`.
  const args = ['-c', 'diff.relative=false', '-c', 'core.quotePath=false', ...words];
  const { error, status, stdout, stderr } = spawnSync('git', args, {
    cwd: folder,
    // Git's own hooks set these, and then a folder inside the repository would pass for its root.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_HOOKS.has(name))),
    encoding: 'utf8',
    maxBuffer: MAX_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error === undefined) return { status, stdout, stderr };
  const code = 'code' in error ? String(error.code) : error.message;
  throw new UserError(
    code === 'ENOENT'
      ? '--changed-since asks Git, but there is no git command. Install Git, or lint everything.'
      : `--changed-since asks Git, but it cannot be run (${code}).`,
  );
}

/** What of a glob names a folder for certain. */
function fixedPart(input: string): string {
  const wildcard = input.search(/[*?[{]/);
  return wildcard === -1 || entryKind(input) !== undefined ? input : join(input.slice(0, wildcard), '.');
}

function nearestFolder(path: string): string {
  for (let at = path; ; at = dirname(at)) if (entryKind(at) === 'folder' || at === dirname(at)) return at;
}
