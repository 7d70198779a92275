import { parentPort } from 'node:worker_threads';
import { TaskRunner, transferables, type TaskRequest } from '../src/cli/worker-task.ts';
import { RULES } from '../src/engine/registry.generated.ts';

const runner = new TaskRunner(RULES);
let last = Promise.resolve();

async function answer(request: TaskRequest): Promise<void> {
  const reply = await runner.run(request);
  parentPort?.postMessage(reply, transferables(reply));
}

/** The command shows the error; to Node, a rejection may not be an error (`--unhandled-rejections`). */
function endThread(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

// Replies go in the order of the tasks.
parentPort?.on('message', (request: TaskRequest) => {
  last = last.then(() => answer(request)).catch(endThread);
});
