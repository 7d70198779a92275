import { join } from 'node:path';
import { run } from './run.ts';

run(() => new (process.getBuiltinModule('node:worker_threads').Worker)(join(__dirname, 'thread.cjs')));
