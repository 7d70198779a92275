import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds after which signals are heard, as far as the work can be interrupted. */
const PAUSE = 100;

/** Lets Node hear signals during long work. */
export class Turns {
  #last = performance.now();

  /** Waits for the next turn of the event loop, if the last one is long ago. */
  async pass(): Promise<void> {
    if (performance.now() - this.#last < PAUSE) return;
    await nextTurn();
    this.#last = performance.now();
  }
}
