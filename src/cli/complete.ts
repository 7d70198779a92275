import { choosePolicy, folderOf } from '../engine/policy/choose-policy.ts';
import { isChart } from '../engine/inputs/owning-chart.ts';
import { ChartFolder } from '../engine/render/chart-folder.ts';
import { chooseEnvironments } from '../engine/render/choose-environments.ts';
import { UserError } from '../engine/user-error.ts';
import { BUILT_IN_POLICIES } from '../policy/built-in.generated.ts';
import type { Policy } from '../policy/policy.ts';
import { loadRules } from '../rule/load-rules.ts';
import type { Rules } from '../rule/rule.ts';
import { printable } from '../text/printable.ts';
import { COMMAND_NAMES, COMMANDS, commandNamed, type Command } from './commands.ts';
import type { Completion, Option } from './options.ts';
import type { Terminal } from './terminal.ts';

/** A word that can stand at the cursor, and what it means. */
interface Candidate {
  readonly word: string;
  readonly describe: string;
}

/** What can stand at the cursor: words, and files or folders where the shell is to offer them. */
interface Candidates {
  readonly words: readonly Candidate[];
  readonly files: 'file' | 'folder' | 'nothing';
}

const NOTHING: Candidates = { words: [], files: 'nothing' };
const FILES: Candidates = { words: [], files: 'file' };

/**
 * `chartlint __complete WORD…`, which completion scripts run: a line for each word that can stand at the cursor, with a
 * tab and what it means, then `:file`, `:folder` or `:nothing` for what the shell is to offer beside them.
 * @param words the words after `chartlint`, up to the cursor; the last one is what is typed of the word there
 */
export async function runComplete(words: readonly string[], terminal: Terminal, rules: Rules): Promise<number> {
  const current = words.at(-1) ?? '';
  const { words: all, files } = await complete(words.slice(0, -1), current, { terminal, rules });
  const matching = all.filter(({ word }) => word.startsWith(current));
  const lines = matching.map(
    ({ word, describe }) => `${printable(word)}\t${printable(describe.replace(/\s+/g, ' '))}\n`,
  );
  terminal.writeOut(`${lines.join('')}:${files}\n`);
  return 0;
}

interface Context {
  readonly terminal: Terminal;
  readonly rules: Rules;
}

async function complete(before: readonly string[], current: string, context: Context): Promise<Candidates> {
  if (before.includes('--')) return FILES;
  const named = commandNamed(before[0]);
  const command: Command = COMMANDS[named ?? 'lint'];
  const { given, inputs, open } = readWords(named === undefined ? before : before.slice(1), command);
  const ask = async (kind: Completion, typed: string, prefix = ''): Promise<Candidates> => {
    const { words, files } = await completeValue(kind, typed, { ...context, given, inputs });
    return { words: words.map(({ word, describe }) => ({ word: prefix + word, describe })), files };
  };
  if (open !== undefined) return ask(completionOf(open), current);
  const [, start, name = '', typed = ''] = /^(--([^=]+)=)(.*)$/s.exec(current) ?? [];
  if (start !== undefined) {
    const option = command.options[name];
    return option === undefined || option.type === 'boolean' ? NOTHING : ask(completionOf(option), typed, start);
  }
  if (current.startsWith('-')) return { words: optionsOf(command, given, named), files: 'nothing' };
  const positional = command.positionals[inputs.length] ?? command.positionals.findLast(({ isList }) => isList);
  const values = positional === undefined ? NOTHING : await ask(positional.completion, current);
  if (named !== undefined || before.length > 0) return values;
  const commands = COMMAND_NAMES.map((word) => ({ word, describe: COMMANDS[word].describe }));
  return { words: [...commands, ...values.words], files: values.files };
}

interface WordsBefore {
  /** The values of options, by name; of a switch, none. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly inputs: readonly string[];
  /** An option whose value is at the cursor. */
  readonly open: Option | undefined;
}

function readWords(words: readonly string[], { options }: Command): WordsBefore {
  const given = new Map<string, readonly string[]>();
  const inputs: string[] = [];
  let open: readonly [string, Option] | undefined;
  const add = (name: string, values: readonly string[]): void => {
    given.set(name, [...(given.get(name) ?? []), ...values]);
  };
  for (const word of words) {
    if (open !== undefined) {
      add(open[0], [word]);
      open = undefined;
      continue;
    }
    const [written = '', ...values] = word.startsWith('--') ? word.split(/=(.*)/s, 2) : [word];
    const found = Object.entries(options).find(
      ([name, { alias }]) => written === `--${name}` || written === `-${String(alias)}`,
    );
    if (found === undefined) {
      if (!word.startsWith('-') || word === '-') inputs.push(word);
    } else if (found[1].type === 'boolean' || values.length > 0) add(found[0], values);
    else open = found;
  }
  return { given, inputs, open: open?.[1] };
}

/** The options that may follow: those that are repeatable, or not given yet. */
function optionsOf({ options }: Command, given: WordsBefore['given'], named: string | undefined): Candidate[] {
  const left = Object.entries(options).filter(
    ([name, { hidden, array }]) => hidden !== true && (array === true || !given.has(name)),
  );
  return [
    ...left.map(([name, { describe }]) => ({ word: `--${name}`, describe: describe ?? '' })),
    { word: '--help', describe: 'Show help' },
    ...(named === undefined ? [{ word: '--version', describe: 'Show version number' }] : []),
  ];
}

function completionOf({ completion, choices }: Option): Completion {
  return completion ?? choices?.map(String) ?? 'file';
}

async function completeValue(
  kind: Completion,
  typed: string,
  context: Context & Pick<WordsBefore, 'given' | 'inputs'>,
): Promise<Candidates> {
  switch (kind) {
    case 'file':
    case 'folder':
    case 'nothing':
      return { words: [], files: kind };
    case 'policy':
      return {
        words: [...BUILT_IN_POLICIES].map(([word, { title }]) => ({ word, describe: title })),
        files: 'file',
      };
    case 'check': {
      const principles = await principlesOf(context);
      const rules = [...(await loadRules(context.rules))].map(([word, { meta }]) => ({ word, describe: meta.summary }));
      const ids = new Set(principles.map(({ word }) => word));
      return { words: [...principles, ...rules.filter(({ word }) => !ids.has(word))], files: 'nothing' };
    }
    case 'environment':
      return { words: await environmentsOf(context), files: 'nothing' };
    default:
      // FORMAT=FILE
      return typed.includes('=') ? FILES : { words: kind.map((word) => ({ word, describe: '' })), files: 'nothing' };
  }
}

type PolicyContext = Context & Pick<WordsBefore, 'given' | 'inputs'>;

async function principlesOf(context: PolicyContext): Promise<Candidate[]> {
  const policy = await policyOf(context);
  return (policy?.principles ?? []).map(({ id, title }) => ({ word: id, describe: title }));
}

async function environmentsOf(context: PolicyContext): Promise<Candidate[]> {
  const policy = await policyOf(context);
  if (policy === undefined) return [];
  const [chart = '.'] = context.inputs;
  const folder = folderOf(chart, context.terminal.workingDirectory);
  // Any other folder may be large, or not there.
  if (!isChart(folder))
    return policy.environments.map(({ name, values }) => ({ word: name, describe: values.join(', ') }));
  const { chosen } = chooseEnvironments(new ChartFolder(folder, context.terminal).filesOf(undefined), {}, policy);
  return chosen.map(({ name, values }) => ({ word: name, describe: (values.files ?? []).join(', ') }));
}

/** The policy that the words before the cursor choose: undefined where it cannot be read, which is not said here. */
async function policyOf({ given, inputs, terminal, rules }: PolicyContext): Promise<Policy | undefined> {
  const choice = { config: given.get('config')?.at(-1), policy: given.get('policy') };
  try {
    const named = inputs.length === 0 ? ['.'] : inputs;
    return (await choosePolicy(choice, named, terminal.workingDirectory, rules)).policy;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
