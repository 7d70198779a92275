import type { Worker } from 'node:worker_threads';
import type { ChartTask, ChartThreads } from '../engine/lint-charts.ts';
import type { LintedPart } from '../engine/lint-part.ts';
import { UserError } from '../engine/user-error.ts';
import type { TaskReply } from './worker-task.ts';

interface Job {
  readonly task: ChartTask;
  readonly resolve: (part: LintedPart) => void;
  readonly reject: (error: Error) => void;
}

/** Worker threads that are started as they are needed, each with one task at a time. */
export class WorkerPool implements ChartThreads {
  readonly isEager: boolean;
  readonly #size: number;
  readonly #start: () => Worker;
  readonly #waiting: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #workers = new Set<Worker>();

  /** @param size how many threads there may be */
  constructor(start: () => Worker, { size, isEager }: { readonly size: number; readonly isEager: boolean }) {
    this.#start = start;
    this.#size = size;
    this.isEager = isEager;
  }

  run(task: ChartTask): Promise<LintedPart> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#hire();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #hire(): void {
    const worker = this.#idle.pop() ?? (this.#workers.size < this.#size ? this.#startWorker() : undefined);
    const job = worker === undefined ? undefined : this.#waiting.shift();
    if (worker !== undefined && job !== undefined) this.#give(worker, job);
  }

  #startWorker(): Worker {
    const worker = this.#start();
    this.#workers.add(worker);
    return worker;
  }

  #give(worker: Worker, job: Job): void {
    const listeners = {
      message: (reply: TaskReply) => {
        leave();
        if (reply.part === undefined) job.reject(new UserError(reply.userError));
        else job.resolve(reply.part);
        this.#idle.push(worker);
        this.#hire();
      },
      error: (error: Error) => {
        leave();
        this.#workers.delete(worker);
        job.reject(explainDeath(error, job.task));
        this.#hire();
      },
    };
    const leave = (): void => {
      worker.off('message', listeners.message).off('error', listeners.error);
    };
    worker.on('message', listeners.message).on('error', listeners.error);
    worker.postMessage(job.task);
  }
}

function explainDeath(error: Error, { path }: ChartTask): Error {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new UserError(
    `There is not memory enough to lint ${path} beside other charts. Use --concurrency 1, or NODE_OPTIONS=--max-old-space-size=8192.`,
  );
}
