import type { SourceText } from '../../text/source.ts';

/** Says which text is being read, and how much of all is. */
export class ReadingProgress {
  readonly #total: number;
  readonly #onProgress: ((text: string) => void) | undefined;
  #done = 0;

  constructor(sources: readonly SourceText[], onProgress: ((text: string) => void) | undefined) {
    this.#total = sources.reduce((sum, { text }) => sum + text.length, 0);
    this.#onProgress = onProgress;
  }

  /** @param offset up to where the source is read */
  report({ file }: SourceText, offset: number): void {
    this.#onProgress?.(`${Math.floor((100 * (this.#done + offset)) / Math.max(1, this.#total))} % ${file}`);
  }

  finish({ text }: SourceText): void {
    this.#done += text.length;
  }
}
