import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/commands.ts';
import { FORMATS } from '../../src/cli/options.ts';
import { chartlint, folderWith, ROOT } from './chartlint.ts';

const FILES = {
  'charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
  'charts/app/values.yaml': '',
  'charts/app/values-prod.yaml': '',
  'charts/app/values-staging.yaml': '',
  'mine.yaml':
    'version: 1\nprinciples:\n  mine-only:\n    title: Mine\n    checks: [{ rule: configmap-string-values }]\n',
  'my notes/a b.txt': '',
};

/** What is typed, and the line after completing with all that fits. */
const CASES: readonly (readonly [typed: string, completed: readonly string[]])[] = [
  ['chartlint --fo', ['--format']],
  ['chartlint charts/app --format j', ['json', 'junit']],
  ['chartlint --format=js', ['--format=json']],
  ['chartlint --fail-on ', ['error', 'info', 'never', 'warning']],
  ['chartlint trace charts/app --format p', ['pretty']],
  ['chartlint --policy obs', ['observer']],
  ['chartlint --policy=rec', ['--policy=recommended']],
  ['chartlint --policy mi', ['mine.yaml']],
  ['chartlint charts/app -e ', ['default', 'prod', 'staging']],
  ['chartlint charts/app --env=st', ['--env=staging']],
  ['chartlint -p mine.yaml --only mine', ['mine-only']],
  ['chartlint --skip pvc', ['pvc-names']],
  ['chartlint explain pvc', ['pvc-names']],
  ['chartlint expl', ['explain']],
  ['chartlint chart', ['charts']],
  ['chartlint completion ', ['bash', 'fish', 'zsh']],
  ['chartlint render charts/app --values charts/app/values-p', ['charts/app/values-prod.yaml']],
  ['chartlint --values=charts/app/values-p', ['--values=charts/app/values-prod.yaml']],
  ['chartlint --baseline my\\ no', ['my\\ notes']],
  ['chartlint --format json=min', ['json=mine.yaml']],
];

/** A folder in which `chartlint` is on the PATH. */
function prepare(): { folder: string; environment: NodeJS.ProcessEnv } {
  const folder = folderWith(FILES);
  const bin = folderWith({ chartlint: `#!/bin/sh\nexec '${process.execPath}' '${ROOT}/dist/chartlint.cjs' "$@"\n` });
  chmodSync(join(bin, 'chartlint'), 0o755);
  return { folder, environment: { ...process.env, PATH: `${bin}:${process.env['PATH']}`, TERM: 'dumb', HOME: folder } };
}

/**
 * Types each case in a shell at a terminal: the key that inserts all that fits, and the key that writes the line to a file.
 * @param command starts the shell with the file RC; both keys are bound there
 */
async function typeAll(
  command: string,
  rc: (dump: string) => string,
  { insertAll, dump }: { readonly insertAll: string; readonly dump: string },
): Promise<Map<string, readonly string[]>> {
  const { folder, environment } = prepare();
  const lines = join(folder, '.lines');
  const rcFolder = folderWith({ rc: rc(lines), '.zshrc': rc(lines) });
  const shell = spawn('script', ['-qec', command.replace('RC', join(rcFolder, 'rc')), '/dev/null'], {
    cwd: folder,
    env: { ...environment, ZDOTDIR: rcFolder },
  });
  let output = '';
  shell.stdout.on('data', (chunk) => (output += String(chunk)));
  const read = (): string[] => (existsSync(lines) ? readFileSync(lines, 'utf8').split('\n').slice(0, -1) : []);
  const waitFor = async (isThere: () => boolean): Promise<void> => {
    for (let time = 0; !isThere(); time++) {
      if (time > 600) throw new Error(`The shell does not answer: ${output}`);
      await sleep(50);
    }
  };
  try {
    await waitFor(() => output.includes('READY'));
    const completed = new Map<string, readonly string[]>();
    for (const [typed] of CASES) {
      const before = read().length;
      shell.stdin.write(`${typed}${insertAll}`);
      await sleep(50);
      shell.stdin.write(dump);
      await waitFor(() => read().length > before);
      completed.set(typed, wordsAfter(typed, read().at(-1) ?? ''));
      shell.stdin.write('\u0015');
    }
    return completed;
  } finally {
    shell.kill();
  }
}

/** The words that stand in a completed line in place of the last one that was typed. */
function wordsAfter(typed: string, line: string): string[] {
  const split = (text: string): string[] => text.match(/(?:\\.|[^\s\\])+/g) ?? [];
  const first = split(typed).length - (typed.endsWith(' ') ? 0 : 1);
  // Whether the sign of a folder stands there is the shell's matter.
  return split(line)
    .slice(first)
    .map((word) => word.replace(/\/$/, ''))
    .toSorted();
}

const hasScript = spawnSync('script', ['--version']).status === 0;
const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe('completion', () => {
  it.skipIf(!hasScript || !has('bash'))(
    'works in bash (skipped where bash or script is not installed)',
    async () => {
      const completed = await typeAll(
        'bash --noprofile --rcfile RC -i',
        (dump) => `PS1='READY> '
source <(chartlint completion bash)
bind '"\\C-o": insert-completions'
bind -x '"\\C-t": printf "%s\\n" "$READLINE_LINE" >> ${dump}'
`,
        { insertAll: '\u000f', dump: '\u0014' },
      );
      expect([...completed]).toEqual(CASES.map(([typed, words]) => [typed, words]));
    },
    120_000,
  );

  it.skipIf(!hasScript || !has('zsh'))(
    'works in zsh (skipped where zsh or script is not installed)',
    async () => {
      const completed = await typeAll(
        'zsh -i',
        (dump) => `PS1='READY> '
autoload -Uz compinit && compinit -u -d ${dump}.zcompdump
source <(chartlint completion zsh)
insert-all() { _main_complete; compstate[insert]=all }
zle -C insert-all complete-word insert-all
bindkey '^O' insert-all
dump-line() { print -r -- "$BUFFER" >> ${dump} }
zle -N dump-line
bindkey '^T' dump-line
`,
        { insertAll: '\u000f', dump: '\u0014' },
      );
      expect([...completed]).toEqual(CASES.map(([typed, words]) => [typed, words]));
    },
    120_000,
  );

  it.skipIf(!has('fish'))(
    'works in fish (skipped where it is not installed)',
    () => {
      const { folder, environment } = prepare();
      writeFileSync(join(folder, '.script'), chartlint(['completion', 'fish']).stdout);
      const completed = CASES.map(([typed]) => {
        const program = `source .script; complete -C ${JSON.stringify(typed)}`;
        const output = execFileSync('fish', ['--no-config', '-c', program], {
          cwd: folder,
          env: environment,
          encoding: 'utf8',
        });
        const words = output.split('\n').filter((line) => line !== '');
        return [typed, words.map((line) => line.replace(/\/?(?:\t.*)?$/, '').replaceAll(' ', '\\ ')).toSorted()];
      });
      expect(completed).toEqual(CASES.map(([typed, words]) => [typed, words]));
    },
    120_000,
  );

  it('is that of the login shell by default', () => {
    const of = (shell: string): string => chartlint(['completion'], { environment: { SHELL: shell } }).stdout;
    for (const shell of ['bash', 'zsh', 'fish']) {
      expect(of(`/usr/bin/${shell}`)).toBe(chartlint(['completion', shell]).stdout);
    }
    expect(of('/bin/dash')).toBe(chartlint(['completion', 'bash']).stdout);
    expect(chartlint(['completion', 'tcsh'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'chartlint: There is no completion for tcsh. Expected one of: bash, zsh, fish.\n',
    });
  });

  function complete(...words: readonly string[]): string[] {
    const { status, stdout, stderr } = chartlint(['__complete', ...words], { folder: folderWith(FILES) });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.split('\n').map((line) => line.replace(/\t.*/, ''));
  }

  it('knows what stands before the cursor', () => {
    expect(complete('')).toEqual([...COMMAND_NAMES, ':file', '']);
    expect(complete('--quiet', '')).toEqual([':file', '']);
    expect(complete('--', '--fo')).toEqual([':file', '']);
    expect(complete('--quiet', '--qui')).toEqual([':nothing', '']);
    expect(complete('--format', 'json', '--format', '')).toEqual([...FORMATS, ':nothing', '']);
    expect(complete('--namespace', '')).toEqual([':nothing', '']);
    expect(complete('--hoo')).toEqual([':nothing', '']);
    expect(complete('init', '')).toEqual([':folder', '']);
    expect(complete('rules', '--')).toEqual(['--format', '--help', ':nothing', '']);
    expect(complete('explain', 'pvc-names', '')).toEqual([':nothing', '']);
    // What is not a chart has no environments of its own.
    expect(complete('charts/nowhere', '-e', '')).toEqual([':nothing', '']);
    expect(complete('-c', 'charts', '--only', 'mine')).toEqual([':nothing', '']);
  });
});
