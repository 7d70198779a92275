import type { Worker } from 'node:worker_threads';
import type { ChartTask, ChartThreads, Lane } from '../engine/lint-charts.ts';
import type { LintedPart } from '../engine/lint-part.ts';
import { UserError } from '../engine/user-error.ts';
import type { TaskReply } from './worker-task.ts';

interface Job {
  readonly task: ChartTask;
  readonly resolve: (part: LintedPart) => void;
  readonly reject: (error: Error) => void;
}

/** Tasks that a thread has at a time: one that it works on, and the next. */
const LANES = 2;

/** Worker threads that are started when they are needed. */
export class WorkerPool implements ChartThreads {
  readonly isEager: boolean;
  readonly #size: number;
  readonly #startWorker: () => Worker;
  readonly #workers: Worker[] = [];

  /** @param size how many threads there may be */
  constructor(startWorker: () => Worker, { size, isEager }: { readonly size: number; readonly isEager: boolean }) {
    this.#startWorker = startWorker;
    this.#size = size;
    this.isEager = isEager;
  }

  start(): Lane[] {
    return Array.from({ length: this.#size }, () => this.#startLanes()).flat();
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #startLanes(): Lane[] {
    const worker = this.#startWorker();
    this.#workers.push(worker);
    const jobs: Job[] = [];
    worker.on('message', (reply: TaskReply) => {
      // A thread answers in order.
      const job = jobs.shift();
      if (reply.part === undefined) job?.reject(new UserError(reply.userError));
      else job?.resolve(reply.part);
    });
    worker.on('error', (error: Error) => {
      for (const job of jobs.splice(0)) job.reject(explainDeath(error, job.task));
    });
    const run: Lane = (task) =>
      new Promise((resolve, reject) => {
        jobs.push({ task, resolve, reject });
        worker.postMessage(task);
      });
    return Array.from({ length: LANES }, () => run);
  }
}

function explainDeath(error: Error, { path }: ChartTask): Error {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new UserError(
    `There is not memory enough to lint ${path} beside other charts. Use --concurrency 1, or NODE_OPTIONS=--max-old-space-size=8192.`,
  );
}
