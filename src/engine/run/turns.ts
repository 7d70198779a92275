/** Seconds after which signals are heard, as far as the work can be interrupted. */
const PAUSE = 0.1;

/** Lets Node hear signals during long work. */
export class Turns {
  #last = process.uptime();

  /** Waits for the next turn of the event loop, if the last one is long ago. */
  async pass(): Promise<void> {
    if (process.uptime() - this.#last < PAUSE) return;
    await nextTurn();
    this.#last = process.uptime();
  }
}

/** The next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
