import type { Worker } from 'node:worker_threads';
import type { Lane, Threads } from '../engine/run/share-work.ts';
import { UserError } from '../engine/user-error.ts';
import type { TaskReply, TaskRequest } from './worker-task.ts';

interface Job {
  readonly request: TaskRequest;
  readonly resolve: (reply: TaskReply) => void;
  readonly reject: (error: Error) => void;
}

/** Tasks that a thread has at a time: one that it works on, and the next. */
const LANES = 2;

/** Worker threads that are started when they are needed. */
export class WorkerPool implements Threads {
  readonly isEager: boolean;
  readonly size: number;
  readonly #startWorker: () => Worker;
  readonly #workers: Worker[] = [];
  #lanes: readonly Lane[] | undefined;

  /** @param size how many threads there may be */
  constructor(startWorker: () => Worker, { size, isEager }: { readonly size: number; readonly isEager: boolean }) {
    this.#startWorker = startWorker;
    this.size = size;
    this.isEager = isEager;
  }

  start(): readonly Lane[] {
    this.#lanes ??= Array.from({ length: this.size }, () => this.#startLanes()).flat();
    return this.#lanes;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #startLanes(): Lane[] {
    const worker = this.#startWorker();
    this.#workers.push(worker);
    const jobs: Job[] = [];
    let death: Error | undefined;
    worker.on('message', (reply: TaskReply) => {
      // A thread answers in order.
      const job = jobs.shift();
      if (reply.userError === undefined) job?.resolve(reply);
      else job?.reject(new UserError(reply.userError));
    });
    const fail = (error: Error): void => {
      death ??= error;
      for (const job of jobs.splice(0)) job.reject(explainDeath(error, job.request));
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('A thread exited before its work was done.')));
    const ask = (request: TaskRequest): Promise<TaskReply> =>
      new Promise((resolve, reject) => {
        if (death !== undefined) throw explainDeath(death, request);
        worker.postMessage(request);
        jobs.push({ request, resolve, reject });
      });
    const lane: Lane = {
      lintChart: async (chart) => expected((await ask({ chart })).unit),
      read: async (reading) => expected((await ask({ reading })).texts),
    };
    return Array.from({ length: LANES }, () => lane);
  }
}

function expected<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Error('A thread did not answer what it was asked.');
  return answer;
}

function explainDeath(error: Error, request: TaskRequest): Error {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  const what =
    'chart' in request ? `lint ${request.chart.path} alongside other charts` : 'read so many manifests at once';
  return new UserError(`Not enough memory to ${what}. Use --concurrency 1, or NODE_OPTIONS=--max-old-space-size=8192.`);
}
