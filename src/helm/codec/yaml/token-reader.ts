import type { Input } from './input.ts';
import { Scanner } from './scanner.ts';
import type { Token, TokenType } from './token.ts';
import type { YamlError } from './yaml-error.ts';

/** One token after another; the current one is valid until it is taken. */
export class TokenReader {
  readonly #input: Input;
  readonly #scanner: Scanner;
  token: Token;
  /** The offset behind the last token: where an empty value would stand. */
  lastEnd = 0;

  constructor(input: Input) {
    this.#input = input;
    this.#scanner = new Scanner(input);
    this.token = this.#scanner.first();
  }

  is(type: TokenType): boolean {
    return this.token.type === type;
  }

  take(): void {
    this.lastEnd = this.token.end;
    this.token = this.#scanner.next();
  }

  /** Takes a token that is no character of the text. */
  takeEnd(): void {
    this.token = this.#scanner.next();
  }

  /** What is wrong with the current token. */
  error(problem: string, start: number = this.token.start): YamlError {
    return this.#input.parseError(problem, start, Math.max(this.token.end, start));
  }
}
