/** A place for people and editors: 1-based; a column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Zero-based offsets into a source's text, end-exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A range of a file in 1-based lines and columns, end-exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A text with its name. The only place where an offset becomes a line and a column. */
export class SourceText {
  /** What reports call it: relative to the working directory, with `/`. */
  readonly file: string;
  /** The text without its byte order mark. */
  readonly text: string;
  #lineStarts: Uint32Array | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  /** The number of lines; a final line break does not begin another line. */
  get lineCount(): number {
    const starts = this.#starts();
    return starts.length > 1 && starts[starts.length - 1] === this.text.length ? starts.length - 1 : starts.length;
  }

  /** The line and column of a zero-based offset; an offset beyond the text is its end. */
  positionAt(offset: number): Position {
    const starts = this.#starts();
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  }

  /** The location of a range of this text. */
  locate(range: Range): Location {
    const { line, column } = this.positionAt(range.start);
    const end = this.positionAt(range.end);
    return { file: this.file, line, column, endLine: end.line, endColumn: end.column };
  }

  /** The offset at which a 1-based line begins. */
  offsetOfLine(line: number): number {
    return this.#starts()[line - 1] ?? this.text.length;
  }

  /** The text of a 1-based line, without its line break. */
  lineAt(line: number): string {
    const { start, end } = this.rangeOfLine(line);
    return this.text.slice(start, end);
  }

  /** The offsets of a 1-based line, without its line break. */
  rangeOfLine(line: number): Range {
    const start = this.offsetOfLine(line);
    let end = this.offsetOfLine(line + 1);
    while (end > start && isLineBreak(this.text.charCodeAt(end - 1))) end--;
    return { start, end };
  }

  #starts(): Uint32Array {
    this.#lineStarts ??= findLineStarts(this.text);
    return this.#lineStarts;
  }
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** YAML's line breaks: LF, CRLF and a lone CR (YAML 1.2, 5.4). */
function findLineStarts(text: string): Uint32Array {
  const starts = [0];
  const breaks = /\r\n?|\n/g;
  while (breaks.exec(text) !== null) starts.push(breaks.lastIndex);
  return Uint32Array.from(starts);
}
