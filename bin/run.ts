import { main } from '../src/cli/main.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { readStandardInput } from '../src/files/read-standard-input.ts';
import { RULES } from '../src/engine/registry.generated.ts';
import { standardOutput } from './standard-output.ts';

let isCutOff = false;
let isProgressShown = false;

/** A reader that has seen enough (`| head`) is not an error; a full disk is. */
function guard(stream: NodeJS.WriteStream, onError: (error: NodeJS.ErrnoException) => void): NodeJS.WriteStream {
  return stream.listenerCount('error') > 0 ? stream : stream.on('error', onError);
}

function cutOff({ code }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return;
  isCutOff = true;
  process.exitCode = 2;
}

function cutOffReport(error: NodeJS.ErrnoException): void {
  cutOff(error);
  if (error.code !== 'EPIPE') writeError(`chartlint: the report cannot be written (${error.code}).\n`);
}

/** Most runs have nothing to say here, and making the stream takes time. */
function writeError(text: string): void {
  guard(process.stderr, cutOff).write(text);
}

/**
 * Runs the command line of this process, and sets its exit status.
 * @param startWorker starts a thread of `bin/worker.ts`; undefined where there can be none
 */
export function run(startWorker: Terminal['startWorker']): void {
  const output = standardOutput(() => guard(process.stdout, cutOffReport), cutOffReport);
  const terminal: Terminal = {
    workingDirectory: process.cwd(),
    environment: process.env,
    writeOut: output.write,
    writeError,
    showProgress: (text) => {
      if (!process.stderr.isTTY) return;
      // Up to the line that was shown, and clear it. What a signal ends has the cursor on a line of its own.
      writeError(`${isProgressShown ? '\u001b[1A\r\u001b[2K' : ''}${text === '' ? '' : `${text}\n`}`);
      isProgressShown = text !== '';
    },
    // Zero where a terminal does not say.
    progressColumns: () => process.stderr.columns || 80,
    readStdin: () => readStandardInput(() => process.stdin),
    isInteractive: output.isTTY,
    columns: output.columns,
    now: new Date(),
    startWorker,
  };
  // Nothing is left to do: to take the heap down piece by piece would be.
  process.once('beforeExit', () => process.exit());
  // What never comes to an end has not passed.
  process.exitCode = 2;
  main(process.argv.slice(2), terminal, RULES).then(
    (status) => {
      process.exitCode = isCutOff ? 2 : status;
    },
    (error: unknown) => {
      // Not an expected error but a bug in chartlint: show all there is.
      writeError(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 2;
    },
  );
}
