import {
  COMMANDS,
  commandNamed,
  inCamelCase,
  toCommandLine,
  type Command,
  type CommandLine,
  type CommandName,
} from './commands.ts';
import type { Option } from './options.ts';

/**
 * Reads a plain command line, without what yargs costs: known options, written out, each with its value.
 * @param words the words after `chartlint`, without `--`
 * @returns undefined for everything else, which yargs reads, or refuses
 */
export function parseQuickly(words: readonly string[]): CommandLine | undefined {
  const named = commandNamed(words[0]);
  const command: CommandName = named ?? 'lint';
  const { positionals, options }: Command = COMMANDS[command];
  const read: Record<string, unknown> = {};
  const inputs: string[] = [];
  for (let index = named === undefined ? 0 : 1; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      if (!isPlain(word) || commandNamed(word) !== undefined || word === 'help') return undefined;
      inputs.push(word);
      continue;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const found = findOption(equals === -1 ? word : word.slice(0, equals), options);
    if (found === undefined) return undefined;
    const [name, option] = found;
    const key = inCamelCase(name);
    const next = words[index + 1];
    if (option.type === 'boolean') {
      if (equals !== -1 || next === 'true' || next === 'false') return undefined;
      read[key] = true;
      continue;
    }
    const value = equals === -1 ? next : word.slice(equals + 1);
    if (value === undefined || value.startsWith('-') || !isPlain(value)) return undefined;
    if (option.choices !== undefined && !option.choices.includes(value)) return undefined;
    if (equals === -1) index += 1;
    const before = read[key];
    read[key] = option.array !== true ? value : Array.isArray(before) ? [...before, value] : [value];
  }
  if (Object.entries(options).some(([name, { conflicts }]) => name in read && String(conflicts) in read)) {
    return undefined;
  }
  if (!takePositionals(positionals, inputs, read)) return undefined;
  for (const [name, option] of Object.entries(options)) read[inCamelCase(name)] ??= option.default;
  return toCommandLine(command, named !== undefined, read);
}

/** yargs takes quotes off, and leaves empty words out. */
function isPlain(word: string): boolean {
  return word !== '' && !/^["']/.test(word);
}

function findOption(word: string, options: Command['options']): readonly [string, Option] | undefined {
  return Object.entries(options).find(([name, { alias }]) => word === `--${name}` || word === `-${String(alias)}`);
}

/** Returns false where there are too few or too many. */
function takePositionals(
  positionals: Command['positionals'],
  inputs: readonly string[],
  read: Record<string, unknown>,
): boolean {
  let taken = 0;
  for (const { name, isList, isRequired } of positionals) {
    if (isRequired === true && taken >= inputs.length) return false;
    read[name] = isList === true ? inputs.slice(taken) : inputs[taken];
    taken = isList === true ? inputs.length : taken + 1;
  }
  return taken >= inputs.length;
}
