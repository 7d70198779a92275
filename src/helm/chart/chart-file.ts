import { SourceText } from '../../text/source.ts';
import { fromBytes } from '../value/bytes.ts';

/** A file of a chart. */
export class ChartFile {
  /** From the chart's folder, with `/`. */
  readonly name: string;
  /** The content without a byte order mark. */
  readonly data: Uint8Array;
  /** What reports call it: relative to the working directory; a member of an archive follows `!`. */
  readonly file: string;
  #source: SourceText | undefined;

  constructor(name: string, data: Uint8Array, file: string) {
    this.name = name;
    this.file = file;
    const hasMark = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
    this.data = hasMark ? data.subarray(3) : data;
  }

  /** The content as text, decoded when it is first asked for. */
  get source(): SourceText {
    this.#source ??= new SourceText(this.file, fromBytes(this.data));
    return this.#source;
  }

  /** The same file under the name that it has in a subchart. */
  renamed(name: string): ChartFile {
    return new ChartFile(name, this.data, this.file);
  }
}
