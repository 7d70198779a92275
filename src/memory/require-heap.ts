/** Too little memory is left to go on. The message is for the user. */
export class HeapError extends Error {
  override readonly name = 'HeapError';

  constructor() {
    super(
      'Not enough memory. Lint less at once, or give Node more: NODE_OPTIONS=--max-old-space-size=8192 (in megabytes).',
    );
  }
}

/** How much of V8's heap may be in use; beyond that it ends the process with status 134, and no code of ours runs. */
const FULL = 0.9;
/** V8's own limit includes the space for new objects. */
const NEW_SPACE_BYTES = 48 * 1024 * 1024;
/** Calls between two looks at the heap, which take a few microseconds. */
const EVERY = 8192;

let calls = 0;
let collectGarbage: (() => void) | undefined;

/**
 * Called wherever an input makes objects, once for each node or step.
 * @throws HeapError when the heap is nearly full
 */
export function requireHeap(): void {
  if ((++calls & (EVERY - 1)) === 0) lookAtHeap();
}

/** Also for calls that are few, and follow much work. */
export function lookAtHeap(): void {
  if (!isFull()) return;
  // What is in use may be garbage that V8 has had no reason to collect yet.
  collectGarbage ??= exposeCollector();
  collectGarbage();
  if (isFull()) throw new HeapError();
}

function isFull(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = process.getBuiltinModule('node:v8').getHeapStatistics();
  return used > FULL * (limit - NEW_SPACE_BYTES);
}

/** V8's collector, without a flag on the command line. */
function exposeCollector(): () => void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  const collect: unknown = process.getBuiltinModule('node:vm').runInNewContext('gc');
  return typeof collect === 'function' ? () => void collect() : () => {};
}
