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
const FULL = 0.85;
/** How much may be left in use by a collection: V8 gives up, too, after a few that find little. */
const NEARLY_FULL = 0.75;
/** V8's own limit includes the space for new objects. */
const NEW_SPACE_BYTES = 48 * 1024 * 1024;
/** Calls between two looks at the heap, which take a few microseconds. */
const EVERY = 4096;

let calls = 0;
let collectGarbage: (() => void) | undefined;

/**
 * Called wherever an input makes objects, once for each node or step.
 * @throws HeapError when the heap is nearly full
 */
export function requireHeap(): void {
  if ((++calls & (EVERY - 1)) === 0) lookAtHeap();
}

function lookAtHeap(): void {
  if (!isBeyond(FULL)) return;
  // What is in use may be garbage that V8 has had no reason to collect yet.
  collectGarbage ??= exposeCollector();
  collectGarbage();
  if (isBeyond(NEARLY_FULL)) throw new HeapError();
}

function isBeyond(part: number): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = process.getBuiltinModule('node:v8').getHeapStatistics();
  return used > part * (limit - NEW_SPACE_BYTES);
}

/** V8's collector, without a flag on the command line. */
function exposeCollector(): () => void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  const collect: unknown = process.getBuiltinModule('node:vm').runInNewContext('gc');
  return typeof collect === 'function' ? () => void collect() : () => {};
}
