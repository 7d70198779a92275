import { parentPort } from 'node:worker_threads';
import { TaskRunner } from '../src/cli/worker-task.ts';
import { RULES } from '../src/engine/registry.generated.ts';
import type { ChartTask } from '../src/engine/lint-charts.ts';

const runner = new TaskRunner(RULES);
let last = Promise.resolve();

// Replies go in the order of the tasks. What a task throws that nobody expects ends the thread, and the command shows it.
parentPort?.on('message', (task: ChartTask) => {
  last = last.then(async () => parentPort?.postMessage(await runner.run(task)));
});
