import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WorkerPool } from '../../src/cli/worker-pool.ts';
import type { ReadingTask } from '../../src/engine/run/tasks.ts';
import { UserError } from '../../src/engine/user-error.ts';

const TASK: ReadingTask = {
  policy: ['recommended'],
  only: undefined,
  skip: undefined,
  within: undefined,
  workingDirectory: '/',
  texts: [],
};

/** Two tasks, one behind the other, of a thread that runs this code with each. */
async function readTwice(code: string): Promise<unknown[]> {
  const worker = `const { parentPort } = require('node:worker_threads');\nparentPort.on('message', () => { ${code} });`;
  const startWorker = (): Worker => new Worker(worker, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
  const pool = new WorkerPool(startWorker, { size: 1, isEager: true });
  onTestFinished(() => pool.close());
  const [lane] = pool.start();
  const outcomes = await Promise.allSettled([lane?.read(TASK), lane?.read(TASK)]);
  return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason));
}

describe('a thread', () => {
  it('answers in order', async () => {
    expect(await readTwice('parentPort.postMessage({ texts: [globalThis.n = (globalThis.n ?? 0) + 1] })')).toEqual([
      [1],
      [2],
    ]);
  });

  it.each([
    ['throws', "throw new Error('a bug')", new Error('a bug')],
    ['ends by itself', 'process.exit(0)', new Error('A thread exited before its work was done.')],
    ['answers something else', 'parentPort.postMessage({})', new Error('A thread did not answer what it was asked.')],
    ['cannot do it', "parentPort.postMessage({ userError: 'No.' })", new UserError('No.')],
    [
      'needs too much memory',
      'for (const all = []; ; ) all.push(new Array(1000).fill(Math.random()))',
      new UserError(
        'Not enough memory to read so many manifests at once. Use --concurrency 1, or NODE_OPTIONS=--max-old-space-size=8192.',
      ),
    ],
  ])('that %s fails each of its tasks', async (_, code, error) => {
    expect(await readTwice(code)).toEqual([error, error]);
  });
});
