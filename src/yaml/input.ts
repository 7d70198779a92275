import {
  CARRIAGE_RETURN,
  DOT,
  END,
  HYPHEN,
  isBlankOrEnd,
  isBreakOrEnd,
  LINE_FEED,
} from './characters.ts';

const LONGEST_WORD = 40;
/** A power of two. */
const WORD_SLOTS = 2048;

/** A place that moves through a part of a text. Scanners move it on; offsets are into the whole text. */
export class Input {
  readonly text: string;
  /** True when kubectl reads the text as JSON before it reads it as YAML: it begins with a brace. */
  readonly isJson: boolean;
  position = 0;
  lineStart = 0;
  /** Where the part ends. */
  end = 0;
  readonly #words: (string | undefined)[] = Array.from({ length: WORD_SLOTS });

  constructor(text: string) {
    this.text = text;
    this.isJson = /^\s*\{/.test(text);
  }

  open(start: number, end: number): void {
    this.position = start;
    this.lineStart = start;
    this.end = end;
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  /** The code of the character at an offset, `END` behind the end. */
  codeAt(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : END;
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

  /** A stretch of the text. Manifests repeat themselves, so short strings are shared: that is half of their memory. */
  slice(start: number, end: number): string {
    const { text } = this;
    const length = end - start;
    if (length === 0) return '';
    if (length > LONGEST_WORD) return text.slice(start, end);
    const sample = text.charCodeAt(start) * 31 + text.charCodeAt(start + (length >> 1));
    const slot = ((sample * 31 + text.charCodeAt(end - 1)) * 31 + length) & (WORD_SLOTS - 1);
    const known = this.#words[slot];
    if (known !== undefined && known.length === length && text.startsWith(known, start)) return known;
    return (this.#words[slot] = text.slice(start, end));
  }
}
