import type { Argv } from 'yargs';

const LISTS = new Set(['_', 'inputs', 'format', 'only', 'skip']);

/** Of an option that takes one value and was given several times, the last counts, as it does for most tools. */
export function keepLast(args: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(args)) {
    if (Array.isArray(value) && !LISTS.has(name)) args[name] = value.at(-1);
  }
}

/** Which policy to use; shared by all commands that read one. */
export function addPolicyOptions<T>(command: Argv<T>) {
  return command.options({
    config: {
      alias: 'c',
      type: 'string',
      requiresArg: true,
      describe: 'Policy file; default: chartlint.yaml in the folder of the input or above',
    },
    policy: {
      alias: 'p',
      type: 'string',
      requiresArg: true,
      conflicts: 'config',
      describe: 'Use this policy instead: observer, recommended, or a file',
    },
  });
}

export function addLintOptions<T>(command: Argv<T>) {
  return addPolicyOptions(
    command.positional('inputs', {
      type: 'string',
      array: true,
      describe: 'Manifest files, folders and globs; - is standard input; default: this folder',
    }),
  ).options({
    namespace: { alias: 'n', type: 'string', requiresArg: true, describe: 'Namespace of objects that name none' },
    format: {
      type: 'string',
      array: true,
      requiresArg: true,
      default: ['pretty'],
      describe: 'pretty or json; FORMAT=FILE writes to a file; repeatable',
    },
    'fail-on': {
      choices: ['error', 'warning', 'info', 'never'] as const,
      default: 'error' as const,
      describe: 'Least severity that exits with 1',
    },
    'max-warnings': { type: 'string', requiresArg: true, describe: 'Exit with 1 on more warnings than this' },
    only: { type: 'string', array: true, requiresArg: true, describe: 'Only this principle or rule; repeatable' },
    skip: { type: 'string', array: true, requiresArg: true, describe: 'Not this principle or rule; repeatable' },
    quiet: { alias: 'q', type: 'boolean', describe: 'Report errors only' },
    verbose: { alias: 'v', type: 'boolean', describe: 'Report suppressed findings too' },
    color: { type: 'boolean', describe: 'Colour the report; default: when a terminal shows it' },
    'no-color': { type: 'boolean', describe: 'Do not colour it' },
    'stdin-filename': {
      type: 'string',
      requiresArg: true,
      default: '<stdin>',
      describe: 'What reports call standard input',
    },
    'allow-empty': { type: 'boolean', default: false, describe: 'Accept inputs in which there is nothing to lint' },
  });
}

/** What yargs makes of the options of `lint`. */
export interface LintArguments extends PolicyArguments {
  readonly inputs: readonly string[];
  readonly namespace?: string | undefined;
  readonly format: readonly string[];
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  readonly maxWarnings?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly noColor?: boolean | undefined;
  readonly stdinFilename: string;
  readonly allowEmpty: boolean;
}

export interface PolicyArguments {
  readonly config?: string | undefined;
  readonly policy?: string | undefined;
}
