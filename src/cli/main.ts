import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import { HeapError } from '../memory/require-heap.ts';
import type { Rules } from '../rule/rule.ts';
import type { CommandLine } from './commands.ts';
import { parseQuickly } from './quick-parser.ts';
import { say } from './say.ts';
import type { Terminal } from './terminal.ts';
import { commandLike, withoutSeparator } from './usage.ts';

/**
 * Runs one command line.
 * @param argv the words after `chartlint`
 * @param rules the rules that policies may use
 * @returns the exit status: 0, 1 when there are findings, 2 when the run could not be completed or trusted
 */
export async function main(argv: readonly string[], terminal: Terminal, rules: Rules): Promise<number> {
  try {
    // What completion scripts ask.
    if (argv[0] === '__complete') {
      const { runComplete } = await import('./complete.ts');
      return await runComplete(argv.slice(1), terminal, rules);
    }
    const line = await readCommandLine(withoutSeparator(argv), terminal);
    if (typeof line !== 'string') return await runCommand(line, terminal, rules);
    terminal.writeOut(line);
    return 0;
  } catch (error) {
    if (isTooLong(error)) {
      say(terminal, 'The report is longer than a text can be. Lint less at once, or let a policy check less.');
      return 2;
    }
    if (!(error instanceof UserError || error instanceof HeapError)) throw error;
    say(terminal, error.message);
    return 2;
  }
}

/** V8's own limit of a text: half a gigabyte. */
function isTooLong(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Invalid string length';
}

/** Returns a text where that is all there is to print. */
async function readCommandLine(words: readonly string[], terminal: Terminal): Promise<CommandLine | string> {
  const line = parseQuickly(words);
  if (line !== undefined) return line;
  const { parseWithYargs } = await import('./yargs-parser.ts');
  return parseWithYargs(words, terminal);
}

async function runCommand({ command, isNamed, args }: CommandLine, terminal: Terminal, rules: Rules): Promise<number> {
  switch (command) {
    case 'lint': {
      if (!isNamed) refuseMistypedCommand(args.inputs[0], terminal);
      const { runLint } = await import('./lint.ts');
      return runLint({ ...args, inputs: orHere(args.inputs) }, terminal, rules);
    }
    case 'render': {
      const { runRender } = await import('./render.ts');
      return runRender(args, terminal);
    }
    case 'trace': {
      const { runTrace } = await import('./trace.ts');
      return runTrace(args, terminal, rules);
    }
    case 'baseline': {
      const { runBaseline } = await import('./baseline.ts');
      return runBaseline({ ...args, inputs: orHere(args.inputs) }, terminal, rules);
    }
    case 'gate': {
      const { runGate } = await import('./gate.ts');
      return runGate(args, terminal, rules);
    }
    case 'deps': {
      const { runDeps } = await import('./deps.ts');
      return runDeps({ ...args, charts: orHere(args.charts) }, terminal);
    }
    case 'init': {
      const { from } = args;
      if (from !== undefined) {
        const { runInitFrom } = await import('./init-from.ts');
        return runInitFrom({ ...args, from }, terminal, rules);
      }
      const { runInit } = await import('./init.ts');
      return runInit(args, terminal, rules);
    }
    case 'explain': {
      const { runExplain } = await import('./explain.ts');
      return runExplain(args, terminal, rules);
    }
    case 'rules': {
      const { runRules } = await import('./rules.ts');
      return runRules(args, terminal);
    }
    case 'policies': {
      const { runPolicies } = await import('./policies.ts');
      return runPolicies(args, terminal);
    }
    case 'policy': {
      const { runPolicy } = await import('./policy.ts');
      return runPolicy(args, terminal, rules);
    }
    case 'completion': {
      const { runCompletion } = await import('./completion.ts');
      return runCompletion(args, terminal);
    }
  }
}

/** What to lint: by default this folder. */
function orHere(inputs: readonly string[]): readonly string[] {
  return inputs.length === 0 ? ['.'] : inputs;
}

/** @throws UserError for a word that is not an input and reads like a command */
function refuseMistypedCommand(word: string | undefined, { workingDirectory }: Terminal): void {
  const meant = word === undefined ? undefined : commandLike(word);
  if (word === undefined || meant === undefined || existsSync(resolve(workingDirectory, word))) return;
  throw new UserError(`There is no file, folder or command ${word}. Did you mean chartlint ${meant}?`);
}
