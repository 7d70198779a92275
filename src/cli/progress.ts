/** Milliseconds of work after which a person wants to know what is being done. */
const PATIENCE = 1000;

/** Says what is being done once the work turns out to be long, and wipes it away at the end. */
export class Progress {
  readonly #start = performance.now();
  readonly #show: (text: string) => void;
  #isShown = false;

  /** @param show replaces what was shown before */
  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  report(text: string): void {
    if (performance.now() - this.#start < PATIENCE) return;
    this.#isShown = true;
    this.#show(text);
  }

  end(): void {
    if (this.#isShown) this.#show('');
  }
}
