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
import type { Range } from '../text/source.ts';
import { YamlFault } from './fault.ts';
import type { Problem } from './problem.ts';

/** A place that moves through a part of a text. Scanners move it on; offsets are those of the whole text. */
export class Input {
  readonly text: string;
  /** Where the part begins and ends. */
  readonly start: number;
  readonly end: number;
  /** Whether JSON's escapes may appear in double quotes: `\/`, and surrogates. YAML 1.1 does not have them. */
  readonly allowsJsonEscapes: boolean;
  position: number;
  lineStart: number;
  /** Whether the end was scanned: it counts as a line of its own when the last line has no line break. */
  isOver = false;
  /** The last quoted scalar of several lines: what is wrong behind it on its line may be that its quote was not closed. */
  longQuote: Range | undefined;

  constructor(text: string, start = 0, end: number = text.length, allowsJsonEscapes = false) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.allowsJsonEscapes = allowsJsonEscapes;
    const hasMark = start < end && text.charCodeAt(start) === BYTE_ORDER_MARK;
    this.position = hasMark ? start + 1 : start;
    this.lineStart = this.position;
    // go-yaml would now lose the first character of every line.
    if (hasMark && this.codeAt(start + 1) === BYTE_ORDER_MARK) {
      throw new YamlFault('there are two byte order marks', start, start + 2);
    }
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  /** The code of the character at an offset, `END` after the end. */
  codeAt(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : END;
  }

  /** The offset after the line break at an offset. */
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

  /** What the scanner has to say about the position that it has reached. */
  scanFault(problem: Problem, end: number = this.position + 1, start: number = this.position): YamlFault {
    const line = this.#lineOf(this.position) + (this.isOver ? this.#extraLine : 0);
    return this.#fault(problem, start, end, line > 0 ? line + 1 : 0);
  }

  /** What the grammar has to say about a token; go-yaml counts its line from zero then. */
  parseFault(problem: Problem, start: number, end: number): YamlFault {
    const line = this.#lineOf(start) + (start >= this.end ? this.#extraLine : 0);
    return this.#fault(problem, start, end, line);
  }

  #fault(problem: Problem, start: number, end: number, line: number): YamlFault {
    const quote = this.longQuote;
    if (quote !== undefined && start >= quote.end && start < this.end && this.endOfLine(quote.end) > start) {
      return new YamlFault(problem, quote.start, quote.start + 1, { isOpenQuote: true }, line);
    }
    return new YamlFault(problem, start, Math.min(Math.max(start, end), this.end), {}, line);
  }

  get #extraLine(): number {
    return this.end > this.start && !isBreak(this.text.charCodeAt(this.end - 1)) ? 1 : 0;
  }

  /** How many line breaks are before an offset. */
  #lineOf(offset: number): number {
    let line = 0;
    for (let at = this.start; at < offset;) {
      if (isBreak(this.text.charCodeAt(at))) {
        line++;
        at = this.afterBreak(at);
      } else at++;
    }
    return line;
  }
}
