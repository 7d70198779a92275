import type { Argv } from 'yargs';
import { nearMiss } from '../text/near-miss.ts';
import { COMMAND_NAMES, commandNamed, type CommandName } from './commands.ts';

/** The command of a command line: undefined where there is none, and inputs are linted. */
export function commandOf([first]: readonly string[]): CommandName | undefined {
  return commandNamed(first);
}

/** The command that a word means, mistyped or not. */
export function commandLike(word: string): string | undefined {
  return nearMiss(word, COMMAND_NAMES);
}

/**
 * A command line without its `--`, since yargs loses what follows it. What reads like an option or a command there
 * is an input, and gets `./` in front.
 * @param words the whole command line
 */
export function withoutSeparator(words: readonly string[]): string[] {
  const end = words.indexOf('--');
  if (end === -1) return [...words];
  const isOther = (word: string): boolean => (word !== '-' && word.startsWith('-')) || commandNamed(word) !== undefined;
  return [...words.slice(0, end), ...words.slice(end + 1).map((word) => (isOther(word) ? `./${word}` : word))];
}

/**
 * A complaint of yargs as a person says it; of something unknown, what was meant.
 * @param words the whole command line
 */
export function explainUsage(complaint: string, words: readonly string[], parser: Argv): string {
  if (complaint.startsWith('Not enough non-option arguments')) return 'An argument is missing.';
  const [, bare] = /^Not enough arguments following: (.*)$/.exec(complaint) ?? [];
  if (bare !== undefined) return `${dashed(bare)} needs a value.`;
  const [, option, given, choices] = /Argument: (.*), Given: (.*), Choices: (.*)$/.exec(complaint) ?? [];
  if (option !== undefined) return `${dashed(option)} cannot be ${given}. Expected one of: ${choices}.`;
  const [, one, other] = /^Arguments (.*) and (.*) are mutually exclusive$/.exec(complaint) ?? [];
  if (one !== undefined) return `${dashed(one)} and --${other} are mutually exclusive.`;
  const [, unknown] = /^Unknown arguments?: (.*)$/s.exec(complaint) ?? [];
  return unknown === undefined ? complaint : explainUnknownWord(unknown.split(', '), words, parser);
}

/** yargs names an option in two cases; the first is as it was written. */
function explainUnknownWord([name = '']: readonly string[], words: readonly string[], parser: Argv): string {
  if (!words.some((word) => word.startsWith('-') && word.includes(name))) return `Unexpected argument: ${name}.`;
  const known = optionsOf(parser).names;
  const meant = nearMiss(name, known) ?? known.find((option) => name.length > 1 && option.startsWith(name));
  return `Unknown option: ${dashed(name)}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`;
}

function dashed(option: string): string {
  return option.length === 1 ? `-${option}` : `--${option}`;
}

/** What is wrong with an option that is on or off and was given another value; yargs takes that for off. */
export function explainWrongSwitch(words: readonly string[], parser: Argv): string | undefined {
  const { switches } = optionsOf(parser);
  for (const word of words) {
    const [, option = '', name = '', value = ''] = /^(--?([^=]+))=(.*)$/s.exec(word) ?? [];
    const isWrong = switches.includes(name) && value !== 'true' && value !== 'false';
    if (isWrong) return `${option} takes only true or false, not ${value}.`;
  }
  return undefined;
}

/** What a command knows, while yargs runs it. */
function optionsOf(parser: Argv): { readonly names: readonly string[]; readonly switches: readonly string[] } {
  // Not in the types, though it is public.
  if (!('getOptions' in parser) || typeof parser.getOptions !== 'function') return { names: [], switches: [] };
  const { key, boolean, hiddenOptions } = parser.getOptions();
  const isShown = (name: string): boolean => !hiddenOptions.includes(name);
  return { names: Object.keys(key).filter(isShown), switches: boolean };
}
