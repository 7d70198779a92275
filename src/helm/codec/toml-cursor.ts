import { byteLength } from '../value/bytes.ts';
import { TomlError } from './toml-error.ts';

/** What `next` gives at the end: no other character is empty. */
export const END = '';

/** Whether a character is one of TOML's line breaks. */
export function isLineBreak(character: string): boolean {
  return character === '\n' || character === '\r';
}

/**
 * A place in a TOML document that moves on, character by character, as the lexer of BurntSushi/toml 1.6 does, since its
 * messages say where that stands.
 */
export class TomlCursor {
  readonly #text: string;
  #at = 0;
  #start = 0;
  /** Whether the end was read, and not stepped back from. */
  #isPastEnd = false;
  /** The key that messages name. */
  readonly #lastKey: () => string;

  /** @throws TomlError for a text that cannot be TOML */
  constructor(text: string, lastKey: () => string) {
    // Bytes that are not UTF-8 are lone surrogates: two of them are UTF-16's mark.
    this.#text = text.replace(/^(?:\ufeff|\udcff\udcfe|\udcfe\udcff)/, '');
    this.#lastKey = lastKey;
    const nul = this.#text.indexOf('\0');
    if (nul !== -1 && byteLength(this.#text.slice(0, nul)) < 6) {
      throw new TomlError('files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8', 1, '');
    }
  }

  /** What was read since `begin`. */
  get current(): string {
    return this.#text.slice(this.#start, this.#at);
  }

  /** The line of the next character, from 1. */
  get line(): number {
    return this.#text.slice(0, this.#at).split('\n').length;
  }

  /** Forgets what was read so far. */
  begin(): void {
    this.#start = this.#at;
  }

  /** Reads a character. */
  next(): string {
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) {
      this.#isPastEnd = true;
      return END;
    }
    const character = String.fromCodePoint(code);
    if (code >= 0xd800 && code < 0xe000) this.#refuse(`invalid UTF-8 byte: 0x${hex(code & 0xff)}`, character);
    const isLoneReturn = character === '\r' && this.#text[this.#at + 1] !== '\n';
    if (isLoneReturn || (code < 0x20 && !'\t\r\n'.includes(character)) || code === 0x7f) {
      this.#refuse(`TOML files cannot contain control characters: '0x${hex(code)}'`, character);
    }
    this.#at += character.length;
    return character;
  }

  /** Steps back by one character, or from the end. */
  back(): void {
    if (this.#isPastEnd) this.#isPastEnd = false;
    else this.#at -= (this.#text.codePointAt(this.#at - 2) ?? 0) > 0xffff ? 2 : 1;
  }

  peek(): string {
    const character = this.next();
    this.back();
    return character;
  }

  /** Reads a character if it is the one that is wanted. */
  accept(wanted: string): boolean {
    const isHere = this.next() === wanted;
    if (!isHere) this.back();
    return isHere;
  }

  /** Reads as long as characters match, and forgets them. */
  skip(isSkipped: (character: string) => boolean): void {
    while (isSkipped(this.next()));
    this.back();
    this.begin();
  }

  skipSpaces(): void {
    this.skip((character) => character === ' ' || character === '\t');
  }

  /** What is wrong where the document ends is wrong with the last line that has something. */
  fail(message: string): never {
    const isAfterLine = this.#isPastEnd && this.#text[this.#at - 1] === '\n';
    return this.failAt(isAfterLine ? this.line - 1 : this.line, message);
  }

  /** What is wrong with a line break is wrong with the line that it ends. */
  failBefore(message: string): never {
    return this.failAt(this.line - 1, message);
  }

  /** Some messages are about the line before, at the end. */
  failPlain(message: string): never {
    return this.failAt(this.#isPastEnd ? this.line - 1 : this.line, message);
  }

  failAt(line: number, message: string): never {
    throw new TomlError(message, line, this.#lastKey());
  }

  /** A line break that is refused has been counted. */
  #refuse(message: string, character: string): never {
    return this.failAt(this.line + (character === '\n' ? 1 : 0), message);
  }
}

function hex(code: number): string {
  return code.toString(16).padStart(2, '0');
}
