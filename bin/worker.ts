import { parentPort } from 'node:worker_threads';
import { TaskRunner, transferables, type TaskRequest } from '../src/cli/worker-task.ts';
import { RULES } from '../src/engine/registry.generated.ts';

const runner = new TaskRunner(RULES);
let last = Promise.resolve();

// Replies go in the order of the tasks. What a task throws that nobody expects ends the thread, and the command shows it.
parentPort?.on('message', (request: TaskRequest) => {
  last = last.then(async () => {
    const reply = await runner.run(request);
    parentPort?.postMessage(reply, transferables(reply));
  });
});
