import { FunctionError } from '../value/function.ts';

/** A place in a TOML document that moves on as it is read. */
export class TomlCursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.replace(/^\ufeff/, '');
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The next character; "" at the end. */
  get next(): string {
    return this.#text.charAt(this.#at);
  }

  startsWith(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  /** Reads what a sticky pattern matches here; undefined when it does not. */
  read(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    if (match !== undefined) this.#at += match.length;
    return match;
  }

  /** Reads a text that must be here. */
  expect(text: string): void {
    if (!this.startsWith(text)) this.fail(`expected ${JSON.stringify(text)}`);
    this.#at += text.length;
  }

  /** Reads a text that may be here. */
  accept(text: string): boolean {
    const isHere = this.startsWith(text);
    if (isHere) this.#at += text.length;
    return isHere;
  }

  skipSpaces(): void {
    this.read(/[\t ]*/y);
  }

  /** Skips white space, line breaks and comments. */
  skipBlank(): void {
    this.read(/(?:[\t\n ]|\r\n|#[^\0-\x08\n\x0b-\x1f\x7f]*(?:\r(?=\n))?)*/y);
  }

  /** Reads to the end of a line on which nothing more may appear. */
  endLine(): void {
    this.skipSpaces();
    this.read(/#[^\0-\x08\n\x0b-\x1f\x7f]*/y);
    if (!this.isAtEnd && this.read(/\r?\n/y) === undefined) this.fail('expected the end of the line');
  }

  /** Helm gives a map with the library's own message, which is not known here: a clear error is better than a wrong one. */
  fail(problem: string): never {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    throw new FunctionError(`toml: line ${line}: ${problem}`);
  }
}
