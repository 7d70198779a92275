import { isPrintable } from '../go/printable.ts';
import { quoteGo } from '../go/quote.ts';
import { isKeyword, type Token, type TokenKind } from './token.ts';

const SPACE = 0x20;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const DOT = 0x2e;
const MINUS = 0x2d;
const END = -1;

/** Cuts a template's text into tokens, as Go's text/template/parse does (Go 1.25, lex.go). */
export class Lexer {
  readonly #text: string;
  #at = 0;
  #isInsideAction = false;
  #parentheses = 0;
  #hasFailed = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next token; after an error or the end of the text, always the end. */
  next(): Token {
    if (this.#hasFailed) return this.#token('end of file', this.#at);
    return this.#isInsideAction ? this.#lexInsideAction() : this.#lexText();
  }

  #lexText(): Token {
    const text = this.#text;
    for (;;) {
      const start = this.#at;
      const open = text.indexOf('{{', start);
      if (open < 0) {
        this.#at = text.length;
        return this.#token(start < text.length ? 'text' : 'end of file', start);
      }
      const isTrimming = isTrimMarker(text, open + 2);
      const end = isTrimming ? trimmedEnd(text, start, open) : open;
      this.#at = open;
      if (end > start) return { kind: 'text', start, end, text: text.slice(start, end) };
      this.#at = open + (isTrimming ? 4 : 2);
      if (!text.startsWith('/*', this.#at)) {
        this.#isInsideAction = true;
        this.#parentheses = 0;
        return { kind: 'left delimiter', start: open, end: open + 2, text: '{{' };
      }
      const failed = this.#skipComment();
      if (failed !== undefined) return failed;
    }
  }

  #skipComment(): Token | undefined {
    const start = this.#at;
    const close = this.#text.indexOf('*/', start + 2);
    if (close < 0) return this.#error(start, 'unclosed comment');
    this.#at = close + 2;
    if (!this.#isAtRightDelimiter()) return this.#error(start, 'comment ends before closing delimiter');
    this.#skipRightDelimiter();
    return undefined;
  }

  #isAtRightDelimiter(): boolean {
    return this.#text.startsWith('}}', this.#at) || this.#isAtTrimmingDelimiter(this.#at);
  }

  #isAtTrimmingDelimiter(at: number): boolean {
    return (
      isTemplateSpace(this.#text.charCodeAt(at)) &&
      this.#text.charCodeAt(at + 1) === MINUS &&
      this.#text.startsWith('}}', at + 2)
    );
  }

  /** Passes the delimiter and what it trims; its own offset. */
  #skipRightDelimiter(): number {
    const isTrimming = !this.#text.startsWith('}}', this.#at);
    const start = isTrimming ? this.#at + 2 : this.#at;
    this.#at = start + 2;
    if (isTrimming) while (isTemplateSpace(this.#text.charCodeAt(this.#at))) this.#at++;
    return start;
  }

  #lexInsideAction(): Token {
    const start = this.#at;
    if (this.#isAtRightDelimiter()) {
      if (this.#parentheses > 0) return this.#error(start, 'unclosed left paren');
      this.#isInsideAction = false;
      const delimiter = this.#skipRightDelimiter();
      return { kind: 'right delimiter', start: delimiter, end: delimiter + 2, text: '}}' };
    }
    const code = this.#peek();
    if (code === END) return this.#error(start, 'unclosed action');
    if (isTemplateSpace(code)) return this.#lexSpace();
    if (code === DOT) {
      const next = this.#text.charCodeAt(start + 1);
      return Number.isNaN(next) || isNumberStart(next) ? this.#lexNumber() : this.#lexName('field');
    }
    if (code === 0x2b || code === MINUS || isNumberStart(code)) return this.#lexNumber();
    if (isAlphanumeric(code)) return this.#lexIdentifier();
    this.#at++;
    switch (code) {
      case 0x3d:
        return this.#token('assign', start);
      case 0x3a:
        if (this.#peek() !== 0x3d) return this.#error(start, 'expected :=');
        this.#at++;
        return this.#token('declare', start);
      case 0x7c:
        return this.#token('pipe', start);
      case 0x22:
        return this.#lexQuoted('string', code, 'unterminated quoted string');
      case 0x27:
        return this.#lexQuoted('character constant', code, 'unterminated character constant');
      case 0x60:
        return this.#lexRawString();
      case 0x24:
        this.#at--;
        return this.#lexName('variable');
      case 0x28:
        this.#parentheses++;
        return this.#token('left parenthesis', start);
      case 0x29:
        this.#parentheses--;
        if (this.#parentheses < 0) return this.#error(start, 'unexpected right paren');
        return this.#token('right parenthesis', start);
    }
    if (code > SPACE && code < 0x7f) return this.#token('char', start);
    return this.#error(start, `unrecognized character in action: ${describeCharacter(code)}`);
  }

  #lexSpace(): Token {
    const start = this.#at;
    while (isTemplateSpace(this.#text.charCodeAt(this.#at))) this.#at++;
    if (this.#isAtTrimmingDelimiter(this.#at - 1)) this.#at--;
    return this.#token('space', start);
  }

  #lexIdentifier(): Token {
    const start = this.#at;
    this.#skipAlphanumerics();
    if (!this.#isAtTerminator()) return this.#badCharacter(start);
    const word = this.#text.slice(start, this.#at);
    if (isKeyword(word)) return this.#token(word, start);
    return this.#token(word === 'true' || word === 'false' ? 'bool' : 'identifier', start);
  }

  /** A `.field` or a `$variable`; nothing after the first character makes it the dot or `$` itself. */
  #lexName(kind: 'field' | 'variable'): Token {
    const start = this.#at++;
    if (this.#isAtTerminator()) return this.#token(kind === 'field' ? 'dot' : kind, start);
    this.#skipAlphanumerics();
    return this.#isAtTerminator() ? this.#token(kind, start) : this.#badCharacter(start);
  }

  #skipAlphanumerics(): void {
    for (let code = this.#peek(); isAlphanumeric(code); code = this.#peek()) this.#at += code > 0xffff ? 2 : 1;
  }

  #isAtTerminator(): boolean {
    const code = this.#peek();
    if (code === END || isTemplateSpace(code)) return true;
    // . , | : ) (
    if (code === DOT || code === 0x2c || code === 0x7c || code === 0x3a || code === 0x29 || code === 0x28) return true;
    return this.#text.startsWith('}}', this.#at);
  }

  #lexQuoted(kind: TokenKind, quote: number, unterminated: string): Token {
    const start = this.#at - 1;
    for (;;) {
      let code = this.#text.charCodeAt(this.#at++);
      if (code === quote) return this.#token(kind, start);
      if (code === BACKSLASH) code = this.#text.charCodeAt(this.#at++);
      if (Number.isNaN(code) || code === NEWLINE) return this.#error(start, unterminated);
    }
  }

  #lexRawString(): Token {
    const start = this.#at - 1;
    const close = this.#text.indexOf('`', this.#at);
    if (close < 0) return this.#error(start, 'unterminated raw quoted string');
    this.#at = close + 1;
    return this.#token('raw string', start);
  }

  /** Anything that resembles a number: whether it is one is for the parser to find out. */
  #lexNumber(): Token {
    const start = this.#at;
    if (!this.#scanNumber()) return this.#badNumber(start);
    const sign = this.#peek();
    if (sign !== 0x2b && sign !== MINUS) return this.#token('number', start);
    if (!this.#scanNumber() || this.#text.charAt(this.#at - 1) !== 'i') return this.#badNumber(start);
    return this.#token('complex', start);
  }

  #scanNumber(): boolean {
    this.#accept('+-');
    let digits = '0123456789_';
    if (this.#accept('0')) {
      if (this.#accept('xX')) digits = '0123456789abcdefABCDEF_';
      else if (this.#accept('oO')) digits = '01234567_';
      else if (this.#accept('bB')) digits = '01_';
    }
    this.#acceptRun(digits);
    if (this.#accept('.')) this.#acceptRun(digits);
    if ((digits.length === 11 && this.#accept('eE')) || (digits.length === 23 && this.#accept('pP'))) {
      this.#accept('+-');
      this.#acceptRun('0123456789_');
    }
    this.#accept('i');
    const code = this.#peek();
    if (!isAlphanumeric(code)) return true;
    this.#at += code > 0xffff ? 2 : 1;
    return false;
  }

  #accept(valid: string): boolean {
    if (this.#at >= this.#text.length || !valid.includes(this.#text.charAt(this.#at))) return false;
    this.#at++;
    return true;
  }

  #acceptRun(valid: string): void {
    while (this.#accept(valid));
  }

  #peek(): number {
    return this.#text.codePointAt(this.#at) ?? END;
  }

  #token(kind: TokenKind, start: number): Token {
    return { kind, start, end: this.#at, text: kind === 'end of file' ? '' : this.#text.slice(start, this.#at) };
  }

  #badCharacter(start: number): Token {
    return this.#error(start, `bad character ${describeCharacter(this.#peek())}`);
  }

  #badNumber(start: number): Token {
    return this.#error(start, `bad number syntax: ${quoteGo(this.#text.slice(start, this.#at))}`);
  }

  #error(start: number, message: string): Token {
    this.#hasFailed = true;
    return { kind: 'error', start, end: Math.min(this.#at, this.#text.length), text: message };
  }
}

function isTrimMarker(text: string, at: number): boolean {
  return text.charCodeAt(at) === MINUS && isTemplateSpace(text.charCodeAt(at + 1));
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isTemplateSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

function isTemplateSpace(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === 0x09 || code === 0x0d;
}

function isNumberStart(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

let letter: RegExp | undefined;

function isAlphanumeric(code: number): boolean {
  if (code < 0x80) {
    const lower = code | 0x20;
    return (lower >= 0x61 && lower <= 0x7a) || isNumberStart(code) || code === 0x5f;
  }
  letter ??= /^[\p{L}\p{Nd}]$/u;
  return letter.test(String.fromCodePoint(code));
}

/** As `%#U`. A byte that is not UTF-8 reads as U+FFFD. */
function describeCharacter(code: number): string {
  const rune = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  const name = `U+${rune.toString(16).toUpperCase().padStart(4, '0')}`;
  return isPrintable(rune) ? `${name} '${String.fromCodePoint(rune)}'` : name;
}
