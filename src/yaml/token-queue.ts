import { NO_KEY, type Token, type TokenType } from './token.ts';

/** The tokens that were found and not yet taken. They are numbered from the beginning of the part of the text. */
export class TokenQueue {
  /** Those between `#head` and `#tail` wait; the others are spare, so that no token is made twice. */
  readonly #tokens: Token[] = [];
  #head = 0;
  #tail = 0;
  /** The number of the first token. */
  firstNumber = 0;

  clear(): void {
    this.#head = 0;
    this.#tail = 0;
    this.firstNumber = 0;
  }

  first(): Token | undefined {
    return this.#head < this.#tail ? this.#tokens[this.#head] : undefined;
  }

  /** The number that the next token at the end will have. */
  get endNumber(): number {
    return this.firstNumber + this.#tail - this.#head;
  }

  /** Takes the first token away. It is valid until another is added. */
  take(): void {
    this.#head++;
    this.firstNumber++;
    if (this.#head < this.#tail) return;
    this.#head = 0;
    this.#tail = 0;
  }

  append(type: TokenType, start: number): Token {
    const token = this.#renew(type, start);
    this.#tail++;
    return token;
  }

  /** Adds a token before the one that has a number; at the end, when that one was taken already. */
  insert(number: number, type: TokenType, start: number): void {
    const tokens = this.#tokens;
    const token = this.#renew(type, start);
    const index = number < this.firstNumber ? this.#tail : this.#head + number - this.firstNumber;
    for (let at = this.#tail; at > index; at--) tokens[at] = tokens[at - 1] ?? token;
    tokens[index] = token;
    this.#tail++;
  }

  #renew(type: TokenType, start: number): Token {
    const token = this.#tokens[this.#tail];
    if (token !== undefined) {
      token.type = type;
      token.start = start;
      token.end = start;
      token.keyLevel = NO_KEY;
      return token;
    }
    const made: Token = { type, start, end: start, value: '', suffix: '', style: 'plain', keyLevel: NO_KEY };
    this.#tokens.push(made);
    return made;
  }
}
