import {
  BYTE_ORDER_MARK,
  CARRIAGE_RETURN,
  DOT,
  END,
  HYPHEN,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  LINE_FEED,
} from './characters.ts';
import { YamlError } from './yaml-error.ts';

/** A place that moves through a text. Scanners move it on. */
export class Input {
  readonly text: string;
  position = 0;
  lineStart = 0;
  /** Whether the end was scanned: it counts as a line of its own when the last line has no line break. */
  isOver = false;

  constructor(text: string) {
    this.text = text;
    if (text.charCodeAt(0) !== BYTE_ORDER_MARK) return;
    this.position = 1;
    this.lineStart = 1;
    // go-yaml would now lose the first character of every line.
    if (text.charCodeAt(1) === BYTE_ORDER_MARK) throw new YamlError('yaml: there are two byte order marks', 0, 2);
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  /** The code of the character at an offset, `END` behind the end. */
  codeAt(offset: number): number {
    return offset < this.text.length ? this.text.charCodeAt(offset) : END;
  }

  /** The offset behind the line break at an offset. */
  afterBreak(offset: number): number {
    return this.codeAt(offset) === CARRIAGE_RETURN && this.codeAt(offset + 1) === LINE_FEED ? offset + 2 : offset + 1;
  }

  endOfLine(offset: number): number {
    let end = offset;
    while (!isBreakOrEnd(this.codeAt(end))) end++;
    return end;
  }

  /** True at the `---` or `...` of a line's beginning. */
  isDocumentIndicator(offset: number): boolean {
    const code = this.codeAt(offset);
    return (
      (code === HYPHEN || code === DOT) &&
      this.codeAt(offset + 1) === code &&
      this.codeAt(offset + 2) === code &&
      isBlankOrEnd(this.codeAt(offset + 3))
    );
  }

  /** What the scanner has to say of the position that it has reached. */
  scanError(problem: string, end: number = this.position + 1, start: number = this.position): YamlError {
    const line = this.#lineOf(this.position) + (this.isOver ? this.#extraLine : 0);
    return new YamlError(`yaml: ${line > 0 ? `line ${line + 1}: ` : ''}${problem}`, start, end);
  }

  /** What the grammar has to say of a token; go-yaml counts its line from zero then. */
  parseError(problem: string, start: number, end: number): YamlError {
    const line = this.#lineOf(start) + (start >= this.text.length ? this.#extraLine : 0);
    return new YamlError(`yaml: ${line > 0 ? `line ${line}: ` : ''}${problem}`, start, end);
  }

  get #extraLine(): number {
    const { length } = this.text;
    return length > 0 && !isBreak(this.text.charCodeAt(length - 1)) ? 1 : 0;
  }

  /** How many line breaks are before an offset. */
  #lineOf(offset: number): number {
    let line = 0;
    for (let at = 0; at < offset;) {
      if (isBreak(this.text.charCodeAt(at))) {
        line++;
        at = this.afterBreak(at);
      } else at++;
    }
    return line;
  }
}
