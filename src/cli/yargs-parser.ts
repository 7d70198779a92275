import yargs, { type Argv } from 'yargs';
import { UserError } from '../engine/user-error.ts';
import {
  COMMAND_NAMES,
  COMMANDS,
  inCamelCase,
  toCommandLine,
  type Command,
  type CommandLine,
  type Positional,
} from './commands.ts';
import { widthOf, type Terminal } from './terminal.ts';
import { commandOf, explainUsage, explainWrongSwitch } from './usage.ts';
import { VERSION } from './version.generated.ts';

/** yargs drops a lone `-`, so it gets a stand-in that is not a file name. */
const STDIN = '\0stdin';

/**
 * Reads any command line.
 * @param argv the words after `chartlint`, without `--`
 * @returns the command line, or a text to print: help, or the version
 * @throws UserError for one that cannot be understood
 */
export async function parseWithYargs(argv: readonly string[], terminal: Terminal): Promise<CommandLine | string> {
  const words = readHelp(argv.map((word) => (word === '-' ? STDIN : word)));
  let line: CommandLine | undefined;
  let text = '';
  const parser = yargs([], terminal.workingDirectory)
    .scriptName('chartlint')
    .locale('en')
    .version(VERSION)
    .help()
    .alias('help', 'h')
    .parserConfiguration({
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
      'strip-aliased': true,
      'dot-notation': false,
      'boolean-negation': false,
    })
    .wrap(Math.min(widthOf(terminal), 110))
    .exitProcess(false)
    .strict()
    .middleware(keepLast, true)
    .middleware(() => {
      const wrong = explainWrongSwitch(words, parser);
      if (wrong !== undefined) throw new UserError(wrong);
    })
    .fail((message, error) => {
      // yargs hands over either its own message or what a command threw.
      if (error !== undefined && error !== null && error.name !== 'YError') throw error;
      const complaint = message || error?.message || 'The command line cannot be read.';
      const usage = ['chartlint', commandOf(words) ?? [], '--help'].flat().join(' ');
      throw new UserError(`${explainUsage(complaint, words, parser)}\nRun ${usage} for usage.`);
    });
  for (const name of COMMAND_NAMES) {
    const command: Command = COMMANDS[name];
    const usage = [name, ...command.positionals.map(usageOf)].join(' ');
    parser.command(
      name === 'lint' ? [usage.replace(name, '$0'), usage] : usage,
      command.describe,
      (builder) => addArguments(builder, command),
      (args) => {
        line = toCommandLine(name, args._.length > 0, withStdin(args));
      },
    );
  }
  parser
    .example('$0 charts/app', 'lint a chart in every environment')
    .example('$0 manifests/', 'lint every manifest in a folder with the recommended policy')
    .example('helm template . | $0 - --policy observer', 'lint a rendered chart with a built-in policy')
    .example('$0 prod.yaml --format json=report.json --format pretty', 'print one report and write another to a file')
    .epilogue('Exit status: 0 no findings, 1 findings, 2 the run could not be completed or trusted.');
  await parser.parseAsync(words, (error: unknown, _args: unknown, output: string) => {
    if (error === null || error === undefined) text = output === '' ? '' : `${output}\n`;
  });
  return line ?? text;
}

/** `help`, as many tools have it: `chartlint help render` is `chartlint render --help`. */
function readHelp(words: readonly string[]): readonly string[] {
  return words[0] === 'help' ? [...words.slice(1), '--help'] : words;
}

function usageOf({ name, isRequired, isList }: Positional): string {
  const word = isList === true ? `${name}..` : name;
  return isRequired === true ? `<${word}>` : `[${word}]`;
}

function addArguments(builder: Argv, { positionals, options }: Command): Argv {
  for (const { name, describe, isRequired, isList, defaultDescription } of positionals) {
    builder.positional(name, {
      type: 'string',
      describe,
      ...(isRequired === true && { demandOption: true }),
      ...(isList === true && { array: true }),
      ...(defaultDescription !== undefined && { defaultDescription }),
    });
  }
  return builder.options({ ...options });
}

const LISTS = new Set([
  '_',
  ...COMMAND_NAMES.flatMap((name) => {
    const { positionals, options }: Command = COMMANDS[name];
    const lists = Object.keys(options).filter((option) => options[option]?.array === true);
    return [...positionals.filter(({ isList }) => isList === true).map((of) => of.name), ...lists].flatMap((list) => [
      list,
      inCamelCase(list),
    ]);
  }),
]);

/** If an option that takes one value is given several times, the last one counts, as in most tools. */
function keepLast(args: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(args)) {
    if (Array.isArray(value) && !LISTS.has(name)) args[name] = value.at(-1);
  }
}

/** Any argument may be `-`; without inputs there are none. */
function withStdin(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const restore = (word: unknown): unknown => (word === STDIN ? '-' : word);
  const restored = Object.entries(args).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(restore) : restore(value),
  ]);
  return { inputs: [], ...Object.fromEntries(restored) };
}
