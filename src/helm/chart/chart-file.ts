import { SourceText } from '../../text/source.ts';
import { ChartError } from './chart-error.ts';
import { fromBytes } from '../value/bytes.ts';

/** A file of a chart. */
export class ChartFile {
  /** From the chart's folder, with `/`. */
  readonly name: string;
  /** What reports call it: relative to the working directory; a member of an archive follows `!`. */
  readonly file: string;
  readonly #content: Uint8Array | ChartError;
  #source: SourceText | undefined;

  /** @param content or why it must not be read */
  constructor(name: string, content: Uint8Array | ChartError, file: string) {
    this.name = name;
    this.file = file;
    const hasMark = content instanceof Uint8Array && content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
    this.#content = hasMark ? content.subarray(3) : content;
  }

  /** Whether the content must not be read. */
  get isRefused(): boolean {
    return this.#content instanceof ChartError;
  }

  /**
   * The content without a byte order mark.
   * @throws ChartError when it must not be read
   */
  get data(): Uint8Array {
    if (this.#content instanceof ChartError) throw this.#content;
    return this.#content;
  }

  /**
   * The content as text, decoded when it is first asked for.
   * @throws ChartError when it must not be read
   */
  get source(): SourceText {
    this.#source ??= new SourceText(this.file, fromBytes(this.data));
    return this.#source;
  }

  /** The same file under the name that it has in a subchart. */
  renamed(name: string): ChartFile {
    return new ChartFile(name, this.#content, this.file);
  }
}
