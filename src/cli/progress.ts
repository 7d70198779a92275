import { truncate } from '../report/wrap.ts';
import { printable } from '../text/printable.ts';
import { leaveOnSignals } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** Seconds of work after which progress is shown. Node loads ten files for `performance`, and none for `process.uptime`. */
const PATIENCE = 1;

/** Says what is being done once the work turns out to be long, and wipes it away at the end. */
export class Progress {
  readonly #start = process.uptime();
  readonly #terminal: Terminal;
  /** Takes the listeners away that clear the line on Ctrl-C; undefined while nothing is shown. */
  #ignoreSignals: (() => void) | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Replaces what was shown before; on one line, since no other is wiped away. */
  report(text: string): void {
    if (process.uptime() - this.#start < PATIENCE) return;
    this.#ignoreSignals ??= leaveOnSignals(() => this.#terminal.showProgress(''));
    this.#terminal.showProgress(truncate(printable(text), this.#terminal.progressColumns() - 1));
  }

  async end(): Promise<void> {
    if (this.#ignoreSignals === undefined) return;
    // A signal that came during the work is heard only now.
    await new Promise((resolve) => setImmediate(resolve));
    this.#terminal.showProgress('');
    this.#ignoreSignals?.();
    this.#ignoreSignals = undefined;
  }
}
