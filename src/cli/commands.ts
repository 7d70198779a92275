import type {
  BaselineArguments,
  DepsArguments,
  ExplainArguments,
  GateArguments,
  InitArguments,
  LintArguments,
  ListArguments,
  PolicyArguments,
  RenderArguments,
  TraceArguments,
} from './arguments.ts';
import {
  BASELINE_OPTIONS,
  DEPS_OPTIONS,
  GATE_OPTIONS,
  INIT_OPTIONS,
  LINT_OPTIONS,
  LIST_OPTIONS,
  POLICY_OPTIONS,
  RENDER_OPTIONS,
  TRACE_OPTIONS,
  type Completion,
  type Option,
} from './options.ts';

/** What a word that is not an option means. */
export interface Positional {
  readonly name: string;
  readonly describe: string;
  readonly isRequired?: boolean;
  /** Whether it takes all the words that are left. */
  readonly isList?: boolean;
  readonly defaultDescription?: string;
  readonly completion: Completion;
}

export interface Command {
  readonly describe: string;
  readonly positionals: readonly Positional[];
  readonly options: Readonly<Record<string, Option>>;
}

/** What each command takes: from this come help, both parsers and what a shell completes. `lint` needs no name. */
export const COMMANDS = {
  lint: {
    describe: 'Lint charts and manifests: files, folders, globs, or - for standard input',
    positionals: [
      {
        name: 'inputs',
        describe: 'Charts, manifest files, folders and globs, or - for standard input',
        isList: true,
        defaultDescription: 'current folder',
        completion: 'file',
      },
    ],
    options: LINT_OPTIONS,
  },
  render: {
    describe: 'Render a chart as helm template does, and print it',
    positionals: [
      {
        name: 'nameOrChart',
        describe: 'Chart folder or .tgz file, or the release name',
        isRequired: true,
        completion: 'file',
      },
      { name: 'chart', describe: 'The chart, if the release name comes first', completion: 'file' },
    ],
    options: RENDER_OPTIONS,
  },
  trace: {
    describe: 'Trace one setting, or all, from the values through the ConfigMap to the containers',
    positionals: [
      { name: 'chart', describe: 'Chart folder or .tgz file', isRequired: true, completion: 'file' },
      { name: 'key', describe: 'Values key or ConfigMap key; default: all', completion: 'nothing' },
    ],
    options: TRACE_OPTIONS,
  },
  baseline: {
    describe: "Accept today's findings, so that lint --baseline fails only on new ones",
    positionals: [
      {
        name: 'inputs',
        describe: 'Charts and manifests, as for lint',
        isList: true,
        defaultDescription: 'current folder',
        completion: 'file',
      },
    ],
    options: BASELINE_OPTIONS,
  },
  gate: {
    describe: 'Pass manifests from standard input to standard output, if there are no findings',
    positionals: [],
    options: GATE_OPTIONS,
  },
  deps: {
    describe: 'Download the dependencies of charts that are not in charts/, into the cache of the user',
    positionals: [
      {
        name: 'charts',
        describe: 'Chart folders, and folders of charts',
        isList: true,
        defaultDescription: 'current folder',
        completion: 'folder',
      },
    ],
    options: DEPS_OPTIONS,
  },
  init: {
    describe: 'Write a chartlint.yaml with what already holds for a chart',
    positionals: [
      {
        name: 'chart',
        describe: 'Chart folder; default: the current folder, or the only chart in it',
        completion: 'folder',
      },
    ],
    options: INIT_OPTIONS,
  },
  explain: {
    describe: 'Explain a rule or a principle of the policy',
    positionals: [{ name: 'name', describe: 'Id of the rule or principle', isRequired: true, completion: 'check' }],
    options: POLICY_OPTIONS,
  },
  rules: { describe: 'List all rules', positionals: [], options: LIST_OPTIONS },
  policies: { describe: 'List the built-in policies', positionals: [], options: LIST_OPTIONS },
  policy: {
    describe: 'Print the effective policy, with everything that it extends merged in',
    positionals: [],
    options: POLICY_OPTIONS,
  },
  completion: {
    describe: 'Print a completion script for bash, zsh or fish',
    positionals: [
      { name: 'shell', describe: 'bash, zsh or fish; default: that of $SHELL', completion: ['bash', 'zsh', 'fish'] },
    ],
    options: {},
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

interface ArgumentsOf extends Record<CommandName, object> {
  readonly lint: LintArguments;
  readonly render: RenderArguments;
  readonly trace: TraceArguments;
  readonly baseline: BaselineArguments;
  readonly gate: GateArguments;
  readonly deps: DepsArguments;
  readonly init: InitArguments;
  readonly explain: ExplainArguments;
  readonly rules: ListArguments;
  readonly policies: ListArguments;
  readonly policy: PolicyArguments;
  readonly completion: { readonly shell: string | undefined };
}

/** A command line that was read. */
export type CommandLine = {
  readonly [Name in CommandName]: {
    readonly command: Name;
    /** Whether the command line names the command: `lint` may be left out. */
    readonly isNamed: boolean;
    readonly args: ArgumentsOf[Name];
  };
}[CommandName];

/** The command of a word: undefined where it is not one. */
export function commandNamed(word: string | undefined): CommandName | undefined {
  return COMMAND_NAMES.find((command) => command === word);
}

export const COMMAND_NAMES = Object.keys(COMMANDS).filter((name): name is CommandName => name in COMMANDS);

/**
 * What a parser read, as a command line.
 * @param read by the name of the option or positional in camel case
 */
export function toCommandLine(
  command: CommandName,
  isNamed: boolean,
  read: Readonly<Record<string, unknown>>,
): CommandLine {
  const { positionals, options }: Command = COMMANDS[command];
  const names = [...positionals.map(({ name }) => name), ...Object.keys(options).map(inCamelCase)];
  const args = Object.fromEntries(names.map((name) => [name, read[name]]));
  // Both parsers read the table that the types are derived from.
  return { command, isNamed, args } as CommandLine;
}

/** As yargs names an option. */
export function inCamelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
