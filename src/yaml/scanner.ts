import { scanBlockScalar } from './block-scalar.ts';
import {
  AMPERSAND,
  ASTERISK,
  BYTE_ORDER_MARK,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
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
import { scanDirective } from './directive.ts';
import { YamlFault } from './fault.ts';
import type { Input } from './input.ts';
import { scanPlainScalar } from './plain-scalar.ts';
import { scanAnchor, scanTag } from './properties.ts';
import { scanQuotedScalar } from './quoted-scalar.ts';
import { NO_KEY, type Token, type TokenType } from './token.ts';

/** A key without `?` shows itself as one by the `:` behind it, on the same line and not farther than this. */
const LONGEST_KEY = 1024;
const AT_END = -1;

/** Where a key without `?` may have begun, in one flow level. */
interface PossibleKey {
  isPossible: boolean;
  /** True when only a key can stand there: where the lines of a block mapping begin. */
  isRequired: boolean;
  /** The number of its first token. */
  token: number;
  start: number;
  lineStart: number;
}

/**
 * Tokens of one YAML document after another, exactly as go-yaml v2 (sigs.k8s.io/yaml, so kubectl and Helm) finds them:
 * its `scannerc.go` is where these rules come from, with YAML 1.1's oddities and its own. Indentation becomes tokens
 * too, but between brackets it means nothing.
 */
export class Scanner {
  readonly #input: Input;
  /** Tokens that were found and not yet taken stand between `#head` and `#tail`; the others are spare. */
  readonly #tokens: Token[] = [];
  #head = 0;
  #tail = 0;
  /** How many tokens were taken: the number of the token at the head. */
  #taken = 0;
  /** The column of the innermost block collection, and those around it. */
  #indent = -1;
  readonly #indents: number[] = [];
  /** How many brackets are open. */
  #flowLevel = 0;
  #isKeyAllowed = true;
  /** One for each flow level. */
  readonly #keys: PossibleKey[] = [];

  constructor(input: Input) {
    this.#input = input;
  }

  open(start: number, end: number): void {
    this.#input.open(start, end);
    this.#head = 0;
    this.#tail = 0;
    this.#taken = 0;
    this.#indent = -1;
    this.#indents.length = 0;
    this.#flowLevel = 0;
    this.#isKeyAllowed = true;
    this.#keyAt(0).isPossible = false;
  }

  /** The next token, which stays the next until `skip`. */
  peek(): Token {
    while (true) {
      const token = this.#tokens[this.#head];
      if (token !== undefined && this.#head < this.#tail && !this.#mayBeginKey(token)) return token;
      this.#fetch();
    }
  }

  skip(): void {
    this.#head++;
    this.#taken++;
    if (this.#head === this.#tail) {
      this.#head = 0;
      this.#tail = 0;
    }
  }

  /** While a token may turn out to begin a key, the tokens before it are not known. */
  #mayBeginKey(token: Token): boolean {
    if (token.keyLevel === NO_KEY) return false;
    const key = this.#keyAt(token.keyLevel);
    if (key.token === this.#taken && this.#isStillPossible(key)) return true;
    token.keyLevel = NO_KEY;
    return false;
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
        this.#forgetKey();
        this.#isKeyAllowed = true;
        return this.#indicator('flow entry', 1);
      case SINGLE_QUOTE:
      case DOUBLE_QUOTE:
        scanQuotedScalar(input, this.#keyToken('scalar'));
        return;
      case ASTERISK:
        return scanAnchor(input, this.#keyToken('alias'));
      case AMPERSAND:
        return scanAnchor(input, this.#keyToken('anchor'));
      case EXCLAMATION:
        return scanTag(input, this.#keyToken('tag'));
      case HYPHEN:
        return this.#isBlankNext() ? this.#blockEntry() : this.#plainScalar();
      case QUESTION:
        return this.#flowLevel > 0 || this.#isBlankNext() ? this.#key() : this.#plainScalar();
      case COLON:
        return this.#flowLevel > 0 || this.#isBlankNext() ? this.#value() : this.#plainScalar();
      case PIPE:
      case GREATER_THAN:
        if (this.#flowLevel === 0) return this.#blockScalar();
    }
    throw this.#cannotBegin(code);
  }

  #isBlankNext(): boolean {
    return isBlankOrEnd(this.#input.codeAt(this.#input.position + 1));
  }

  #cannotBegin(code: number): YamlFault {
    const { position, text } = this.#input;
    const message =
      code === TAB
        ? 'A tab is used for indentation. Indent with spaces.'
        : `A plain value cannot begin with ${text[position] ?? ''}. Put it in quotes.`;
    return new YamlFault(message, position, position + 1);
  }

  /** Skips blanks, comments and line breaks. */
  #skipToToken(): void {
    const input = this.#input;
    const { text, end } = input;
    let { position } = input;
    while (true) {
      let code = position < end ? text.charCodeAt(position) : END;
      // Where a key may begin, a tab would be indentation.
      while (code === SPACE || (code === TAB && (this.#flowLevel > 0 || !this.#isKeyAllowed))) {
        code = ++position < end ? text.charCodeAt(position) : END;
      }
      // A comment needs no blank before it.
      if (code === HASH) {
        position = input.endOfLine(position);
        code = input.codeAt(position);
      }
      if (isBreak(code)) {
        position = input.afterBreak(position);
        input.lineStart = position;
        if (this.#flowLevel === 0) this.#isKeyAllowed = true;
      } else if (code === BYTE_ORDER_MARK && position === input.lineStart && this.#indent === -1) {
        input.lineStart = ++position;
      } else break;
    }
    input.position = position;
  }

  #streamEnd(): void {
    const input = this.#input;
    input.lineStart = input.position;
    this.#closeBlocks(-1);
    this.#forgetKey();
    this.#isKeyAllowed = false;
    this.#indicator('stream end', 0);
  }

  #directive(): void {
    this.#closeBlocks(-1);
    this.#forgetKey();
    this.#isKeyAllowed = false;
    scanDirective(this.#input, this.#insert(AT_END, 'version directive', 0));
  }

  #documentIndicator(type: TokenType): void {
    this.#closeBlocks(-1);
    this.#forgetKey();
    this.#isKeyAllowed = false;
    this.#indicator(type, 3);
  }

  #flowStart(type: TokenType): void {
    const { position } = this.#input;
    const token = this.#keyToken(type);
    token.start = position;
    token.end = position + 1;
    this.#input.position++;
    this.#flowLevel++;
    this.#keyAt(this.#flowLevel).isPossible = false;
    this.#isKeyAllowed = true;
  }

  #flowEnd(type: TokenType): void {
    this.#forgetKey();
    if (this.#flowLevel > 0) this.#flowLevel--;
    this.#isKeyAllowed = false;
    this.#indicator(type, 1);
  }

  #blockEntry(): void {
    const { position, column } = this.#input;
    if (this.#flowLevel === 0) {
      if (!this.#isKeyAllowed) {
        const message = 'A list cannot begin here. Put the - on a line of its own, or the value in quotes.';
        throw new YamlFault(message, position, position + 1);
      }
      this.#openBlock(column, AT_END, 'block sequence start', position);
    }
    this.#forgetKey();
    this.#isKeyAllowed = true;
    this.#indicator('block entry', 1);
  }

  #key(): void {
    const { position, column } = this.#input;
    if (this.#flowLevel === 0) {
      if (!this.#isKeyAllowed) {
        const message = 'A key cannot begin here. Put the ? on a line of its own, or the value in quotes.';
        throw new YamlFault(message, position, position + 1);
      }
      this.#openBlock(column, AT_END, 'block mapping start', position);
    }
    this.#forgetKey();
    this.#isKeyAllowed = this.#flowLevel === 0;
    this.#indicator('key', 1);
  }

  #value(): void {
    const { position, column } = this.#input;
    const key = this.#keyAt(this.#flowLevel);
    if (this.#isStillPossible(key)) {
      const index = this.#head + key.token - this.#taken;
      this.#insert(index, 'key', key.start);
      this.#openBlock(key.start - key.lineStart, index, 'block mapping start', key.start);
      key.isPossible = false;
      this.#isKeyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#isKeyAllowed) {
          const message =
            'A ":" cannot stand here. Put the value in quotes if it belongs to it, or correct the indentation.';
          throw new YamlFault(message, position, position + 1);
        }
        this.#openBlock(column, AT_END, 'block mapping start', position);
      }
      this.#isKeyAllowed = this.#flowLevel === 0;
    }
    this.#indicator('value', 1);
  }

  #blockScalar(): void {
    this.#forgetKey();
    this.#isKeyAllowed = true;
    scanBlockScalar(this.#input, this.#insert(AT_END, 'scalar', 0), this.#indent);
  }

  #plainScalar(): void {
    const token = this.#keyToken('scalar');
    if (scanPlainScalar(this.#input, token, this.#indent + 1, this.#flowLevel > 0)) this.#isKeyAllowed = true;
  }

  /** A token of fixed length at the position. */
  #indicator(type: TokenType, length: number): void {
    const input = this.#input;
    this.#insert(AT_END, type, input.position).end = input.position + length;
    input.position += length;
  }

  /** A token that may begin a key, whose range is still to be set. */
  #keyToken(type: TokenType): Token {
    const { position, lineStart } = this.#input;
    const level = this.#flowLevel;
    if (!this.#isKeyAllowed) return this.#insert(AT_END, type, position);
    this.#forgetKey();
    const key = this.#keyAt(level);
    key.isPossible = true;
    key.isRequired = level === 0 && this.#indent === position - lineStart;
    key.token = this.#taken + this.#tail - this.#head;
    key.start = position;
    key.lineStart = lineStart;
    this.#isKeyAllowed = false;
    const token = this.#insert(AT_END, type, position);
    token.keyLevel = level;
    return token;
  }

  #keyAt(level: number): PossibleKey {
    return (this.#keys[level] ??= { isPossible: false, isRequired: false, token: 0, start: 0, lineStart: 0 });
  }

  #isStillPossible(key: PossibleKey): boolean {
    if (!key.isPossible) return false;
    const input = this.#input;
    if (key.lineStart === input.lineStart && !this.#isFar(key.start)) return true;
    this.#giveUp(key);
    return false;
  }

  #isFar(start: number): boolean {
    const { text, position } = this.#input;
    if (position - start <= LONGEST_KEY) return false;
    return position - start > 2 * LONGEST_KEY || Array.from(text.slice(start, position)).length > LONGEST_KEY;
  }

  #forgetKey(): void {
    const key = this.#keyAt(this.#flowLevel);
    if (key.isPossible) this.#giveUp(key);
  }

  #giveUp(key: PossibleKey): void {
    if (key.isRequired) {
      const message = 'This line is no "key: value". Add the ":", or indent it if it belongs to the line above.';
      throw new YamlFault(message, key.start, this.#input.endOfLine(key.start));
    }
    key.isPossible = false;
  }

  /** Begins a block collection when the column is deeper than that of the one around it. */
  #openBlock(column: number, index: number, type: TokenType, start: number): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#insert(index, type, start);
  }

  /** Ends the block collections that are deeper than a column. */
  #closeBlocks(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#insert(AT_END, 'block end', this.#input.position);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #insert(index: number, type: TokenType, start: number): Token {
    const tokens = this.#tokens;
    let token = tokens[this.#tail];
    if (token === undefined) {
      token = { type, start, end: start, value: '', suffix: '', style: 'plain', keyLevel: NO_KEY };
      tokens.push(token);
    }
    if (index !== AT_END) {
      tokens.copyWithin(index + 1, index, this.#tail);
      tokens[index] = token;
    }
    this.#tail++;
    token.type = type;
    token.start = start;
    token.end = start;
    token.keyLevel = NO_KEY;
    return token;
  }
}
