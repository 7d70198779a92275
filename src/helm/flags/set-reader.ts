/** Why a `--set` flag cannot be read: Helm's text, without what it says of the flag. */
export class SetError extends Error {}

/** Reads the text of a `--set` flag character by character. Offsets are in UTF-16 units. */
export class SetReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character that comes next; empty at the end. */
  peek(): string {
    return this.isAtEnd ? '' : String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
  }

  /** Takes the character that comes next; empty at the end. */
  take(): string {
    const rune = this.peek();
    this.at += rune.length;
    return rune;
  }

  /**
   * Takes text up to one of the characters, which is taken too.
   * @param isEscaped whether `\` makes the character after it an ordinary one
   * @returns `stop` is empty when the text ended first
   */
  takeUntil(stops: string, isEscaped: boolean): { readonly text: string; readonly stop: string } {
    let text = '';
    while (!this.isAtEnd) {
      const rune = this.take();
      if (stops.includes(rune)) return { text, stop: rune };
      if (rune === '\\' && isEscaped) {
        if (this.isAtEnd) break;
        text += this.take();
      } else text += rune;
    }
    return { text, stop: '' };
  }
}
