import type { Lexer } from './lexer.ts';
import { lineOf } from './position.ts';
import { describeToken, type Token, type TokenKind } from './token.ts';

/** Go's error of a text that is not a template, with the offset of the token that it stopped at. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The tokens of a text; a definition inside it reads on where its surroundings stopped. */
export class TokenStream {
  readonly parseName: string;
  readonly text: string;
  /** How many tokens have been read. */
  position = 0;
  readonly #lexer: Lexer;
  readonly #tokens: Token[] = [];

  constructor(parseName: string, text: string, lexer: Lexer) {
    this.parseName = parseName;
    this.text = text;
    this.#lexer = lexer;
  }

  at(index: number): Token {
    let token = this.#tokens[index];
    while (token === undefined) {
      this.#tokens.push(this.#lexer.next());
      token = this.#tokens[index];
    }
    return token;
  }
}

/** Reads the tokens of one definition with any look-ahead, and reports what is wrong with them as Go does. */
export class TokenReader {
  protected readonly stream: TokenStream;
  /** Where the action being read began; undefined outside of actions. */
  protected actionStart: number | undefined;
  /** The index of the last token that this reader saw, if only ahead: Go's messages name its line. */
  #last = -1;

  constructor(stream: TokenStream) {
    this.stream = stream;
  }

  protected next(): Token {
    const index = this.stream.position++;
    this.#last = Math.max(this.#last, index);
    return this.stream.at(index);
  }

  protected nextNonSpace(): Token {
    let token = this.next();
    while (token.kind === 'space') token = this.next();
    return token;
  }

  /** Gives the last token back. */
  protected backup(): void {
    this.stream.position--;
  }

  protected peek(): Token {
    const token = this.next();
    this.backup();
    return token;
  }

  protected peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.backup();
    return token;
  }

  protected expect(kind: TokenKind, context: string): Token {
    const token = this.nextNonSpace();
    return token.kind === kind ? token : this.unexpected(token, context);
  }

  protected unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') this.fail(`unexpected ${describeToken(token)} in ${context}`, token.start);
    // An action that is not closed is one where it opens.
    const place = token.text === 'unclosed action' ? this.actionStart : token.start;
    this.fail(token.text + this.#startOfAction(token), place);
  }

  /** @param place what to point at, where it is not the last token that was seen */
  protected fail(message: string, place?: number): never {
    const offset = this.#last < 0 ? 0 : this.stream.at(this.#last).start;
    const { parseName, text } = this.stream;
    throw new ParseFailure(`template: ${parseName}:${lineOf(text, offset)}: ${message}`, place ?? offset);
  }

  #startOfAction(token: Token): string {
    if (this.actionStart === undefined) return '';
    const { parseName, text } = this.stream;
    const line = lineOf(text, this.actionStart);
    if (line === lineOf(text, token.start)) return '';
    return `${token.text.endsWith(' action') ? '' : ' in action'} started at ${parseName}:${line}`;
  }
}
