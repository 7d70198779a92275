import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { UserError } from '../user-error.ts';

const OF_HOOKS = new Set(['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX']);
/** As much as Git may say; a million paths are about 100 MB. */
const MAX_BYTES = 1 << 30;
/** A repository says where its files are, and that may be everywhere. */
const TIME_LIMIT = 60_000;

/**
 * A repository may come from anywhere: none of the commands that its configuration names is run, nothing is fetched (as a
 * partial clone does when it misses an object), and a folder in it that looks like a repository is not one.
 */
const SAFE_SETTINGS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'core.askPass=false',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
  // Paths of `diff` are relative to the folder where the user has set this.
  'diff.relative=false',
  'core.quotePath=false',
];
const SAFE_ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  // Without it, `diff` writes what it learns of files into the index, and hooks are told.
  GIT_OPTIONAL_LOCKS: '0',
};

interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs Git.
 * @param settings more of Git's settings, for this command
 * @throws UserError where there is no Git, and where it does not come to an end
 */
export function git(words: readonly string[], folder: string, settings: readonly Setting[] = []): Output {
  const args = [...SAFE_SETTINGS.flatMap((setting) => ['-c', setting]), '--no-pager', ...words];
  const { error, status, stdout, stderr } = spawnSync(findGit(), args, {
    cwd: folder,
    env: { ...environment(settings), ...SAFE_ENVIRONMENT },
    encoding: 'utf8',
    maxBuffer: MAX_BYTES,
    timeout: TIME_LIMIT,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error === undefined) return { status, stdout, stderr };
  const code = 'code' in error ? String(error.code) : error.message;
  throw new UserError(
    code === 'ETIMEDOUT'
      ? `--changed-since asks Git, but git ${words[0]} takes more than ${TIME_LIMIT / 1000} seconds in ${folder}. Lint everything.`
      : `--changed-since asks Git, but it cannot be run (${code}).`,
  );
}

type Setting = readonly [key: string, value: string];

/** Git's own hooks set some variables, and then a folder inside the repository would pass for its root. */
function environment(settings: readonly Setting[]): NodeJS.ProcessEnv {
  const { env } = process;
  const first = Number(env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  const more = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${first + index}`, key] as const,
    [`GIT_CONFIG_VALUE_${first + index}`, value] as const,
  ]);
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !OF_HOOKS.has(name))),
    ...(settings.length === 0 ? {} : { GIT_CONFIG_COUNT: String(first + settings.length) }),
    ...Object.fromEntries(more),
  };
}

/** The settings under which the filters of a repository do nothing: they are commands. Those of the user's own stay. */
export function withoutFilters(root: string): readonly Setting[] {
  const names = ['--local', '--worktree'].flatMap((scope) => {
    const { stdout } = git(
      ['config', scope, '--includes', '--null', '--name-only', '--get-regexp', String.raw`^filter\.`],
      root,
    );
    return stdout.split('\0').map((key) => key.slice(0, key.lastIndexOf('.')));
  });
  return [...new Set(names)].flatMap((name) =>
    name === ''
      ? []
      : [
          [`${name}.clean`, ''] as const,
          [`${name}.smudge`, ''] as const,
          [`${name}.process`, ''] as const,
          [`${name}.required`, 'false'] as const,
        ],
  );
}

/** The first one in PATH. A relative folder there could be one of the repository, and Windows looks there unasked. */
function findGit(): string {
  const names = process.platform === 'win32' ? ['git.exe'] : ['git'];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const name of names) if (isExecutable(join(folder, name))) return join(folder, name);
  }
  throw new UserError('--changed-since asks Git, but there is no git command. Install Git, or lint everything.');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
