import type { Range } from '../text/source.ts';
import type { YamlFault } from './fault.ts';
import type { Input } from './input.ts';
import type { Problem } from './problem.ts';
import { Scanner } from './scanner.ts';
import type { Token, TokenType } from './token.ts';

/** One token after another; the current one is valid until it is taken. */
export class TokenReader {
  readonly #input: Input;
  readonly #scanner: Scanner;
  token: Token;
  /** The offset after the last token: where an empty value would be. */
  lastEnd: number;

  constructor(input: Input) {
    this.#input = input;
    this.lastEnd = input.position;
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

  /** Takes a token that is not a character of the text. */
  takeEnd(): void {
    this.token = this.#scanner.next();
  }

  /** What is wrong with the current token, or with another stretch of the text. */
  fault(problem: Problem, { start, end }: Range = this.token): YamlFault {
    return this.#input.parseFault(problem, start, end);
  }
}
