import type { LintedUnit } from './lint-unit.ts';
import type { PackedText } from '../documents/packed-documents.ts';
import type { ChartTask, ReadingTask } from './tasks.ts';
import { nextTurn } from './turns.ts';

/** Other threads than the one that asks; they know only the built-in rules. */
export interface Threads {
  /** Whether to use them at once; else only when the work turns out to be long. */
  readonly isEager: boolean;
  /** How many there may be. */
  readonly size: number;
  /** Starts them, once. */
  readonly start: () => readonly Lane[];
}

/** Where tasks are done one after the other. */
export interface Lane {
  /** Rejects as `runChartTask` does. */
  readonly lintChart: (task: ChartTask) => Promise<LintedUnit>;
  readonly read: (task: ReadingTask) => Promise<readonly PackedText[]>;
}

export interface Sharing<Item, Result> {
  /** Does an item in this thread. */
  readonly here: (item: Item, index: number) => Result | Promise<Result>;
  /** Does an item in a lane. */
  readonly there: (lane: Lane, item: Item) => Promise<Result>;
  /** Whether others should help, asked before each item until they do. */
  readonly wantsHelp: (index: number) => boolean;
}

/**
 * Does all items, in this thread and in others. The results are in the order of the items.
 * @throws what the first item in their order throws that cannot be done; none is begun after it
 */
export async function shareWork<Item, Result>(
  items: readonly Item[],
  threads: Threads | undefined,
  { here, there, wantsHelp }: Sharing<Item, Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: { readonly index: number; readonly error: unknown }[] = [];
  const helpers: Promise<void>[] = [];
  let next = 0;

  async function work(perform: (item: Item, index: number) => Result | Promise<Result>): Promise<void> {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      const item = items[index];
      if (item === undefined) continue;
      try {
        results[index] = await perform(item, index);
      } catch (error) {
        failures.push({ index, error });
      }
    }
  }

  await work(async (item, index) => {
    if (threads !== undefined && helpers.length === 0 && wantsHelp(index)) {
      helpers.push(...threads.start().map((lane) => work((other) => there(lane, other))));
    }
    // Lets the others take what they do next.
    if (helpers.length > 0) await nextTurn();
    return here(item, index);
  });
  await Promise.all(helpers);

  // Items are begun in their order, so the first that fails is the same with threads as without.
  const [failure] = failures.toSorted((left, right) => left.index - right.index);
  if (failure !== undefined) throw failure.error;
  return results;
}
