import { UserError } from '../engine/user-error.ts';
import { BASH_COMPLETION, FISH_COMPLETION, ZSH_COMPLETION } from './completion-scripts.ts';
import type { Terminal } from './terminal.ts';

const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ['bash', BASH_COMPLETION],
  ['zsh', ZSH_COMPLETION],
  ['fish', FISH_COMPLETION],
]);

/**
 * `chartlint completion [SHELL]`: prints the script that makes a shell complete the words of `chartlint`.
 * @throws UserError for a shell that there is no script for
 */
export function runCompletion(
  { shell: named }: { readonly shell: string | undefined },
  { environment, writeOut }: Terminal,
): number {
  // A login shell's path, such as /usr/local/bin/zsh.
  const login = environment['SHELL']?.replace(/^.*[\\/]/s, '').replace(/\.exe$/, '');
  const script = SCRIPTS.get(named ?? (login !== undefined && SCRIPTS.has(login) ? login : 'bash'));
  if (script === undefined) {
    throw new UserError(`There is no completion for ${named}. Expected one of: ${[...SCRIPTS.keys()].join(', ')}.`);
  }
  writeOut(script);
  return 0;
}
