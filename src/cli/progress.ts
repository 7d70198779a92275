import { truncate } from '../report/wrap.ts';
import { printable } from '../text/printable.ts';
import type { Terminal } from './terminal.ts';

/** Seconds of work after which progress is shown. Node loads ten files for `performance`, and none for `process.uptime`. */
const PATIENCE = 1;

/**
 * Says what is being done once the work turns out to be long, and wipes it away at the end. It listens to no signal: rendering
 * does not pause for one, so Ctrl-C would be heard late, and the system's own way ends the process at once.
 */
export class Progress {
  readonly #start = process.uptime();
  readonly #terminal: Terminal;
  #isShown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Replaces what was shown before; on one line, since no other is wiped away. */
  report(text: string): void {
    if (process.uptime() - this.#start < PATIENCE) return;
    this.#isShown = true;
    this.#terminal.showProgress(truncate(printable(text), this.#terminal.progressColumns() - 1));
  }

  end(): void {
    if (!this.#isShown) return;
    this.#terminal.showProgress('');
    this.#isShown = false;
  }
}
