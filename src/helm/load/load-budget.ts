import { ChartError } from '../chart/chart-error.ts';

/** What the files of packed charts may add up to (Helm's `MaxDecompressedChartSize`). */
const MAX_CHART_BYTES = 100 * 1024 * 1024;
/** With room for the archives' own blocks. */
const MAX_UNPACKED_BYTES = MAX_CHART_BYTES + 28 * 1024 * 1024;
/** How many charts may be read from outside of `charts/`: some that take each other twice are millions soon. */
const MAX_DEPENDENCIES = 500;
/** What the files of an unpacked chart may add up to: Helm has no limit, but memory has. */
const MAX_FOLDER_BYTES = 500_000_000;

/**
 * What a chart may still hold. Helm counts each archive by itself; here all that are packed in a chart, and in each
 * other, share one limit, since they are all in memory at once.
 */
export class LoadBudget {
  #unpacked = MAX_UNPACKED_BYTES;
  #packedFiles = MAX_CHART_BYTES;
  #folder = MAX_FOLDER_BYTES;
  #dependencies = MAX_DEPENDENCIES;

  /** How many bytes the next archive may unpack to. */
  get unpackable(): number {
    return this.#unpacked;
  }

  /** Notes what an archive unpacked to. */
  takeArchive(bytes: number): void {
    this.#unpacked -= bytes;
  }

  /** Whether a file of an archive is within what is left, apart from the limit of a single file. */
  hasRoomFor(bytes: number): boolean {
    return bytes <= this.#packedFiles;
  }

  /** @throws ChartError when a file of an archive goes beyond what is left */
  takePackedFile(bytes: number): void {
    this.#packedFiles -= bytes;
    if (this.#packedFiles <= 0) throw chartTooLarge();
  }

  /** @throws ChartError when a chart that is not in `charts/` is one too many */
  takeDependency(): void {
    if (--this.#dependencies < 0) throw new ChartError(`the chart has more than ${MAX_DEPENDENCIES} dependencies`);
  }

  /** @throws ChartError when a file of a folder goes beyond what is left */
  takeFile(bytes: number): void {
    this.#folder -= bytes;
    if (this.#folder >= 0) return;
    throw new ChartError(
      'the files of the chart are larger than 500 MB together. Name what is not part of it in .helmignore',
    );
  }
}

/** Helm's error for what a packed chart unpacks to. */
export function chartTooLarge(): ChartError {
  return new ChartError(`decompressed chart is larger than the maximum size ${MAX_CHART_BYTES}`);
}
