import { scanBlockScalar } from './block-scalar.ts';
import {
  AMPERSAND,
  ASTERISK,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  DOT,
  DOUBLE_QUOTE,
  END,
  EXCLAMATION,
  GREATER_THAN,
  HASH,
  HYPHEN,
  isBlankOrEnd,
  isBreak,
  OPENING_BRACE,
  OPENING_BRACKET,
  PERCENT,
  PIPE,
  QUESTION,
  SINGLE_QUOTE,
  SPACE,
  startsPlain,
  TAB,
} from './characters.ts';
import { scanDirective } from './scan-directive.ts';
import type { Input } from './input.ts';
import { scanPlainScalar } from './plain-scalar.ts';
import { scanAnchor, scanTag } from './properties.ts';
import { scanQuotedScalar } from './quoted-scalar.ts';
import { PossibleKeys } from './possible-keys.ts';
import { TokenQueue } from './token-queue.ts';
import { NO_KEY, type Token, type TokenType } from './token.ts';

/**
 * The tokens of a YAML text, exactly as go-yaml v2 (which sigs.k8s.io/yaml, and so Helm, reads with) finds them: its
 * `scannerc.go` is where these rules come from, with YAML 1.1's oddities and its own. Indentation becomes tokens too,
 * but between brackets it means nothing.
 */
export class Scanner {
  readonly #input: Input;
  readonly #tokens = new TokenQueue();
  readonly #keys: PossibleKeys;
  /** The column of the innermost block collection, and those around it. */
  #indent = -1;
  readonly #indents: number[] = [];
  #isKeyAllowed = true;

  constructor(input: Input) {
    this.#input = input;
    this.#keys = new PossibleKeys(input);
  }

  /** The first token that was not taken; it is valid until the next is asked for. */
  first(): Token {
    while (true) {
      const token = this.#tokens.first();
      const isKnown = token !== undefined && token.keyLevel === NO_KEY;
      if (isKnown || (token !== undefined && !this.#keys.mayBeginKey(token, this.#tokens.firstNumber))) return token;
      this.#fetch();
    }
  }

  /** The token after the one that was given last, which is no longer valid. */
  next(): Token {
    this.#tokens.take();
    return this.first();
  }

  #fetch(): void {
    const input = this.#input;
    this.#skipToToken();
    const { position } = input;
    this.#closeBlocks(position - input.lineStart);
    const code = input.codeAt(position);
    if (startsPlain(code)) return this.#plainScalar();
    if (code === END) return this.#streamEnd();
    if (position === input.lineStart) {
      if (code === PERCENT) return this.#directive();
      if (input.isDocumentIndicator(position)) {
        return this.#documentIndicator(code === HYPHEN ? 'document start' : 'document end');
      }
    }
    switch (code) {
      case OPENING_BRACKET:
        return this.#flowStart('flow sequence start');
      case OPENING_BRACE:
        return this.#flowStart('flow mapping start');
      case CLOSING_BRACKET:
        return this.#flowEnd('flow sequence end');
      case CLOSING_BRACE:
        return this.#flowEnd('flow mapping end');
      case COMMA:
        this.#keys.forget();
        this.#isKeyAllowed = true;
        return this.#indicator('flow entry', 1);
      case SINGLE_QUOTE:
      case DOUBLE_QUOTE:
        scanQuotedScalar(input, this.#keyToken('scalar'));
        return this.#valueAtOnce();
      case ASTERISK:
        return scanAnchor(input, this.#keyToken('alias'));
      case AMPERSAND:
        return scanAnchor(input, this.#keyToken('anchor'));
      case EXCLAMATION:
        return scanTag(input, this.#keyToken('tag'));
      case DOT:
        return this.#plainScalar();
      case HYPHEN:
        return this.#isBlankNext() ? this.#blockEntry() : this.#plainScalar();
      case QUESTION:
        return this.#keys.flowLevel > 0 || this.#isBlankNext() ? this.#key() : this.#plainScalar();
      case COLON:
        return this.#keys.flowLevel > 0 || this.#isBlankNext() ? this.#value() : this.#plainScalar();
      case PIPE:
      case GREATER_THAN:
        if (this.#keys.flowLevel === 0) return this.#blockScalar();
    }
    throw input.scanFault('found character that cannot start any token');
  }

  #isBlankNext(): boolean {
    return isBlankOrEnd(this.#input.codeAt(this.#input.position + 1));
  }

  /** Skips blanks, comments and line breaks. */
  #skipToToken(): void {
    const input = this.#input;
    let { position } = input;
    while (true) {
      let code = input.codeAt(position);
      // Where a key may begin, a tab would be indentation.
      while (code === SPACE || (code === TAB && (this.#keys.flowLevel > 0 || !this.#isKeyAllowed))) {
        code = input.codeAt(++position);
      }
      // A comment needs no blank before it.
      if (code === HASH) {
        position = input.endOfLine(position);
        code = input.codeAt(position);
      }
      if (isBreak(code)) {
        position = input.afterBreak(position);
        input.lineStart = position;
        if (this.#keys.flowLevel === 0) this.#isKeyAllowed = true;
      } else break;
    }
    input.position = position;
  }

  #streamEnd(): void {
    const input = this.#input;
    if (input.column > 0) input.lineStart = input.position;
    input.isOver = true;
    this.#closeBlocks(-1);
    this.#keys.forget();
    this.#isKeyAllowed = false;
    this.#indicator('stream end', 0);
  }

  #directive(): void {
    this.#closeBlocks(-1);
    this.#keys.forget();
    this.#isKeyAllowed = false;
    scanDirective(this.#input, this.#tokens.append('version directive', this.#input.position));
  }

  #documentIndicator(type: TokenType): void {
    this.#closeBlocks(-1);
    this.#keys.forget();
    this.#isKeyAllowed = false;
    this.#indicator(type, 3);
  }

  #flowStart(type: TokenType): void {
    const { position } = this.#input;
    const token = this.#keyToken(type);
    token.start = position;
    token.end = position + 1;
    this.#input.position++;
    this.#keys.open(this.#tokens.endNumber - 1);
    this.#isKeyAllowed = true;
  }

  #flowEnd(type: TokenType): void {
    this.#keys.forget();
    this.#keys.close();
    this.#isKeyAllowed = false;
    this.#indicator(type, 1);
  }

  #blockEntry(): void {
    const { position, column } = this.#input;
    if (this.#keys.flowLevel === 0) {
      if (!this.#isKeyAllowed) {
        throw this.#input.scanFault('block sequence entries are not allowed in this context');
      }
      this.#openBlock(column, this.#tokens.endNumber, 'block sequence start', position);
    }
    this.#keys.forget();
    this.#isKeyAllowed = true;
    this.#indicator('block entry', 1);
  }

  #key(): void {
    const { position, column } = this.#input;
    if (this.#keys.flowLevel === 0) {
      if (!this.#isKeyAllowed) {
        throw this.#input.scanFault('mapping keys are not allowed in this context');
      }
      this.#openBlock(column, this.#tokens.endNumber, 'block mapping start', position);
    }
    this.#keys.forget();
    this.#isKeyAllowed = this.#keys.flowLevel === 0;
    this.#indicator('key', 1);
  }

  #value(): void {
    const { position, column } = this.#input;
    const key = this.#keys.current;
    if (this.#keys.isStillPossible(key)) {
      this.#tokens.insert(key.token, 'key', key.start);
      this.#openBlock(key.start - key.lineStart, key.token, 'block mapping start', key.start);
      key.isPossible = false;
      this.#isKeyAllowed = false;
    } else {
      if (this.#keys.flowLevel === 0) {
        if (!this.#isKeyAllowed) {
          throw this.#input.scanFault('mapping values are not allowed in this context');
        }
        this.#openBlock(column, this.#tokens.endNumber, 'block mapping start', position);
      }
      this.#isKeyAllowed = this.#keys.flowLevel === 0;
    }
    this.#indicator('value', 1);
  }

  #blockScalar(): void {
    this.#keys.forget();
    this.#isKeyAllowed = true;
    scanBlockScalar(this.#input, this.#tokens.append('scalar', this.#input.position), this.#indent);
  }

  #plainScalar(): void {
    const token = this.#keyToken('scalar');
    if (scanPlainScalar(this.#input, token, this.#indent + 1, this.#keys.flowLevel > 0)) this.#isKeyAllowed = true;
    else this.#valueAtOnce();
  }

  /** Most keys are a scalar with a `:` right after it. */
  #valueAtOnce(): void {
    const { position, lineStart } = this.#input;
    const isColon = this.#input.codeAt(position) === COLON && (this.#keys.flowLevel > 0 || this.#isBlankNext());
    if (isColon && this.#keys.current.isPossible && this.#keys.current.lineStart === lineStart) this.#value();
  }

  /** A token of fixed length at the position. */
  #indicator(type: TokenType, length: number): void {
    const input = this.#input;
    this.#tokens.append(type, input.position).end = input.position + length;
    input.position += length;
  }

  /** A token that may begin a key, whose range is still to be set. */
  #keyToken(type: TokenType): Token {
    const { position, lineStart } = this.#input;
    if (!this.#isKeyAllowed) return this.#tokens.append(type, position);
    this.#keys.forget();
    const token = this.#tokens.append(type, position);
    const isRequired = this.#keys.flowLevel === 0 && this.#indent === position - lineStart;
    this.#keys.save(token, this.#tokens.endNumber - 1, isRequired);
    this.#isKeyAllowed = false;
    return token;
  }

  /** Begins a block collection when the column is deeper than that of the one around it. */
  #openBlock(column: number, tokenNumber: number, type: TokenType, start: number): void {
    if (this.#keys.flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#tokens.insert(tokenNumber, type, start);
  }

  /** Ends the block collections that are deeper than a column. */
  #closeBlocks(column: number): void {
    if (this.#keys.flowLevel > 0) return;
    while (this.#indent > column) {
      this.#tokens.append('block end', this.#input.position);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }
}
