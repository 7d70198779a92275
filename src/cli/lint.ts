import { availableParallelism } from 'node:os';
import { run } from '../engine/run/run.ts';
import { UserError } from '../engine/user-error.ts';
import type { Rules } from '../rule/rule.ts';
import type { LintArguments } from './options.ts';
import { Progress } from './progress.ts';
import { exitStatus, parseReports, writeReports } from './reports.ts';
import type { Terminal } from './terminal.ts';
import { WorkerPool } from './worker-pool.ts';

/** `chartlint [inputs..]`: lints manifests and writes the reports. Returns the exit status. */
export async function runLint(args: LintArguments, terminal: Terminal, rules: Rules): Promise<number> {
  const reports = parseReports(args);
  const threads = startThreads(args, terminal);
  const progress = new Progress(terminal);
  const onNote = (text: string): void => terminal.writeError(`chartlint: ${text}\n`);
  try {
    const result = await run({
      ...args,
      ...terminal,
      rules,
      ownFiles: reports.flatMap(({ file }) => file ?? []),
      threads,
      withFlows: reports.some(({ format }) => format === 'html'),
      onProgress: (text) => progress.report(text),
      onNote,
    });
    progress.end();
    await writeReports(result, reports, args, terminal);
    return exitStatus(result, args);
  } finally {
    progress.end();
    await threads?.close();
  }
}

/**
 * Threads that wait for work; none runs before there is some.
 * @throws UserError for an impossible number of threads
 */
function startThreads({ concurrency }: LintArguments, { startWorker }: Terminal): WorkerPool | undefined {
  if (concurrency !== 'auto' && !/^[1-9]\d{0,3}$/.test(concurrency)) {
    throw new UserError('--concurrency takes a number of threads, such as 4, or auto.');
  }
  const size = concurrency === 'auto' ? availableParallelism() : Number(concurrency);
  if (size === 1 || startWorker === undefined) return undefined;
  return new WorkerPool(startWorker, { size: size - 1, isEager: concurrency !== 'auto' });
}
