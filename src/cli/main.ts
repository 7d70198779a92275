import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import yargs from 'yargs';
import { UserError } from '../engine/user-error.ts';
import type { Rules } from '../rule/rule.ts';
import { HeapError } from '../memory/require-heap.ts';
import { printableLines } from '../text/printable.ts';
import {
  addBaselineOptions,
  addGateOptions,
  addInitOptions,
  addLintOptions,
  addPolicyOptions,
  addRenderOptions,
  addTraceOptions,
  keepLast,
} from './options.ts';
import { widthOf, type Terminal } from './terminal.ts';
import { commandLike, commandOf, explainUsage, explainWrongSwitch, withoutSeparator } from './usage.ts';
import { VERSION } from './version.generated.ts';

/** yargs drops a lone `-`, so it gets a stand-in that is not a file name. */
const STDIN = '\0stdin';

/**
 * Runs one command line.
 * @param argv the words after `chartlint`
 * @param rules the rules that policies may use
 * @returns the exit status: 0, 1 when there are findings, 2 when the run could not be completed or trusted
 */
export async function main(argv: readonly string[], terminal: Terminal, rules: Rules): Promise<number> {
  let status = 0;
  const words = readHelp(withoutSeparator(argv.map((word) => (word === '-' ? STDIN : word))));
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
    .middleware(restoreStdin)
    .fail((message, error) => {
      // yargs hands over either its own message or what a command threw.
      if (error !== undefined && error !== null && error.name !== 'YError') throw error;
      const complaint = message || error?.message || 'The command line cannot be read.';
      const usage = ['chartlint', commandOf(words) ?? [], '--help'].flat().join(' ');
      throw new UserError(`${explainUsage(complaint, words, parser)}\nRun ${usage} for usage.`);
    })
    .command(
      ['$0 [inputs..]', 'lint [inputs..]'],
      'Lint charts and manifests: files, folders, globs, or - for standard input',
      (command) => addLintOptions(command),
      async (args) => {
        const { runLint } = await import('./lint.ts');
        if (args._.length === 0) refuseMistypedCommand(args.inputs?.[0], terminal);
        status = await runLint({ ...args, inputs: inputsOf(args) }, terminal, rules);
      },
    )
    .command(
      'render <nameOrChart> [chart]',
      'Render a chart as helm template does, and print it',
      (command) => addRenderOptions(command),
      async (args) => {
        const { runRender } = await import('./render.ts');
        status = await runRender(args, terminal);
      },
    )
    .command(
      'trace <chart> [key]',
      'Trace one setting, or all, from the values through the ConfigMap to the containers',
      (command) => addTraceOptions(command),
      async (args) => {
        const { runTrace } = await import('./trace.ts');
        status = await runTrace(args, terminal, rules);
      },
    )
    .command(
      'baseline [inputs..]',
      "Accept today's findings, so that lint --baseline fails only on new ones",
      (command) => addBaselineOptions(command),
      async (args) => {
        const { runBaseline } = await import('./baseline.ts');
        status = await runBaseline({ ...args, inputs: inputsOf(args) }, terminal, rules);
      },
    )
    .command(
      'gate',
      'Pass manifests from standard input to standard output, if there are no findings',
      (command) => addGateOptions(command),
      async (args) => {
        const { runGate } = await import('./gate.ts');
        status = await runGate(args, terminal, rules);
      },
    )
    .command(
      'init [chart]',
      'Write a chartlint.yaml with what already holds for a chart',
      (command) => addInitOptions(command),
      async (args) => {
        const { runInit } = await import('./init.ts');
        status = await runInit(args, terminal, rules);
      },
    )
    .command(
      'explain <name>',
      'Explain a rule or a principle of the policy',
      (command) =>
        addPolicyOptions(
          command.positional('name', { type: 'string', demandOption: true, describe: 'Id of the rule or principle' }),
        ),
      async (args) => {
        const { runExplain } = await import('./explain.ts');
        status = await runExplain(args, terminal, rules);
      },
    )
    .command('rules', 'List all rules', {}, async () => {
      const { runRules } = await import('./rules.ts');
      status = await runRules(terminal, rules);
    })
    .command(
      'policy',
      'Print the effective policy, with everything that it extends merged in',
      (command) => addPolicyOptions(command),
      async (args) => {
        const { runPolicy } = await import('./policy.ts');
        status = await runPolicy(args, terminal, rules);
      },
    )
    .command('completion', 'Print a completion script for bash or zsh', {}, () => void parser.showCompletionScript())
    // yargs' own command of this name would lint a file called `completion` first.
    .completion('completion-script', false)
    .example('$0 charts/app', 'lint a chart in every environment')
    .example('$0 manifests/', 'lint every manifest in a folder with the recommended policy')
    .example('helm template . | $0 - --policy observer', 'lint a rendered chart with a built-in policy')
    .example('$0 prod.yaml --format json=report.json --format pretty', 'print one report and write another to a file')
    .epilogue('Exit status: 0 no findings, 1 findings, 2 the run could not be completed or trusted.');
  try {
    await parser.parseAsync(words, (error: unknown, _args: unknown, output: string) => {
      if (error === null || error === undefined) terminal.writeOut(output === '' ? '' : `${output}\n`);
    });
  } catch (error) {
    if (!(error instanceof UserError || error instanceof HeapError)) throw error;
    terminal.writeError(`chartlint: ${printableLines(error.message)}\n`);
    return 2;
  }
  return status;
}

/** `help`, as many tools have it: `chartlint help render` is `chartlint render --help`. */
function readHelp(words: readonly string[]): readonly string[] {
  return words[0] === 'help' ? [...words.slice(1), '--help'] : words;
}

/** What to lint: by default this folder. */
function inputsOf({ inputs = [] }: { readonly inputs?: readonly string[] | undefined }): string[] {
  return inputs.length === 0 ? ['.'] : inputs.map((input) => (input === STDIN ? '-' : input));
}

/** @throws UserError for a word that is not an input and reads like a command */
function refuseMistypedCommand(word: string | undefined, { workingDirectory }: Terminal): void {
  const meant = word === undefined ? undefined : commandLike(word);
  if (word === undefined || meant === undefined || existsSync(resolve(workingDirectory, word))) return;
  throw new UserError(`There is no file, folder or command ${word}. Did you mean chartlint ${meant}?`);
}

/** A values file may be standard input, as in helm. */
function restoreStdin(args: Record<string, unknown>): void {
  const { values } = args;
  if (Array.isArray(values)) args['values'] = values.map((file: unknown) => (file === STDIN ? '-' : file));
}
