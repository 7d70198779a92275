import { availableParallelism, cpus, loadavg } from 'node:os';
import { splitLists } from '../engine/split-lists.ts';
import { descriptorOf } from '../files/descriptors.ts';
import { run } from '../engine/run/run.ts';
import { UserError } from '../engine/user-error.ts';
import type { Rules } from '../rule/rule.ts';
import type { LintArguments } from './arguments.ts';
import { Progress } from './progress.ts';
import { exitStatus, parseReports, writeReports } from './reports.ts';
import { say } from './say.ts';
import type { Terminal } from './terminal.ts';
import { WorkerPool } from './worker-pool.ts';

/** `chartlint [inputs..]`: lints manifests and writes the reports. Returns the exit status. */
export async function runLint(args: LintArguments, terminal: Terminal, rules: Rules): Promise<number> {
  const reports = parseReports(args);
  const threads = namesDescriptor(args) ? undefined : startThreads(args, terminal);
  const progress = new Progress(terminal);
  const onNote = (text: string): void => say(terminal, text);
  try {
    const result = await run({
      ...args,
      ...terminal,
      rules,
      ownFiles: args.baseline === undefined ? [] : [args.baseline],
      outputs: reports.flatMap(({ file }) => file ?? []),
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

/** Whether something is to be read from a pipe such as `<(…)`: what comes out of it is in the memory of this thread. */
function namesDescriptor({ values, setFile, config, policy }: LintArguments): boolean {
  const names = [...splitLists([...(values ?? []), ...(setFile ?? [])]), config ?? '', ...(policy ?? [])];
  return names.some((name) => descriptorOf(name.slice(name.indexOf('=') + 1)) !== undefined);
}

/**
 * Threads that wait for work; none runs before there is some.
 * @throws UserError for an impossible number of threads
 */
function startThreads({ concurrency }: LintArguments, { startWorker }: Terminal): WorkerPool | undefined {
  if (concurrency !== 'auto' && !/^[1-9]\d{0,3}$/.test(concurrency)) {
    throw new UserError('--concurrency takes a number of threads, such as 4, or auto.');
  }
  const size = concurrency === 'auto' ? coresToUse(availableParallelism()) : Number(concurrency);
  if (size === 1 || startWorker === undefined) return undefined;
  return new WorkerPool(startWorker, { size: size - 1, isEager: concurrency !== 'auto' });
}

/**
 * How many cores to use of those that this process may use. A second thread compiles all code again, a third of the work of
 * 150 charts: of two cores, both are used only when the other one is not busy with something else.
 * @param load how many programs ran at a time, on average, in the last minute; 0 where the system does not say
 */
export function coresToUse(
  available: number,
  load: number = loadavg()[0] ?? 0,
  countAll: () => number = () => cpus().length,
): number {
  // In a container, the load is that of all cores. To count them takes longer than to know that nothing else runs.
  const isBusy = available === 2 && load >= 1 && load > countAll() - 1;
  return isBusy ? 1 : available;
}
