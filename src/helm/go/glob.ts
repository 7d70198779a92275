import { FunctionError } from '../value/function.ts';
import { quoteMeta, Re2 } from '../../re2/re2.ts';
import { matchesRow, type RowTerm } from './glob-row.ts';

/** The end of the pattern to the library, as NUL is too. */
const END = '\0';
const SLASH = 0x2f;

/**
 * Whether a path matches a pattern of `.Files.Glob`: that of the library gobwas/glob with the separator `/`.
 * `*` and `?` stop at a separator, `**`, `[…]` and `[!…]` do not; `{a,b}` may be nested. As in Helm, a pattern that
 * the library cannot read matches everything. One with `***` or an open `{` is refused: what such a one matches follows
 * from slips of the library.
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const reader = new GlobReader(pattern);
  const expression = reader.read();
  if (expression === undefined) return () => true;
  const { row } = reader;
  if (row.length > 1) return (path) => matchesRow(row, path);
  const regexp = new Re2(expression);
  return (path) => regexp.find(path) !== undefined;
}

class GlobReader {
  readonly #runes: readonly string[];
  #at = 0;
  /** Of `{`. */
  #depth = 0;
  #row: RowTerm[] | undefined = [];

  constructor(pattern: string) {
    this.#runes = Array.from(pattern);
  }

  /** The parts of a pattern in which each has a fixed length; none of another one. */
  get row(): readonly RowTerm[] {
    return this.#row ?? [];
  }

  #add(term: RowTerm): void {
    this.#row?.push(term);
  }

  /** The regular expression; undefined when the pattern cannot be read. */
  read(): string | undefined {
    let expression = '';
    while (this.#peek() !== END) {
      const part = this.#readPart();
      if (part === undefined) return undefined;
      expression += part;
    }
    if (this.#runes.slice(0, this.#at).some((rune) => !isReadable(rune))) return undefined;
    if (this.#depth > 0) throw new FunctionError(`the pattern ${this.#runes.join('')} has an unclosed {`);
    return `(?s)\\A(?:${expression})\\z`;
  }

  #peek(): string {
    return this.#runes[this.#at] ?? END;
  }

  #readPart(): string | undefined {
    switch (this.#peek()) {
      case '*': {
        this.#row = undefined;
        this.#at++;
        if (this.#peek() !== '*') return '[^/]*';
        this.#at++;
        if (this.#peek() === '*') throw new FunctionError(`the pattern ${this.#runes.join('')} has more than two *`);
        return '.*';
      }
      case '?':
        this.#at++;
        this.#add({ kind: 'character', accepts: (code) => code !== SLASH });
        return '[^/]';
      case '[':
        this.#at++;
        return this.#readClass();
      case '{':
        this.#row = undefined;
        this.#at++;
        this.#depth++;
        return '(?:';
      case ',':
        if (this.#depth === 0) return this.#readText('?*[{');
        this.#at++;
        return '|';
      case '}':
        if (this.#depth === 0) return this.#readText('?*[{');
        this.#at++;
        this.#depth--;
        return ')';
      default:
        return this.#readText(this.#depth === 0 ? '?*[{' : '?*[{},');
    }
  }

  #readText(breakers: string): string {
    const text = this.#readRaw(breakers);
    this.#add({ kind: 'text', text });
    return quoteMeta(text);
  }

  /** Reads up to one of some characters; a backslash takes the next one as it is. */
  #readRaw(breakers: string): string {
    let text = '';
    for (let rune = this.#peek(); rune !== END && !breakers.includes(rune); rune = this.#peek()) {
      this.#at++;
      if (rune === '\\') {
        rune = this.#peek();
        if (rune === END) break;
        this.#at++;
      }
      text += rune;
    }
    return text;
  }

  /** Reads `!`, then either one range or characters, and `]`. */
  #readClass(): string | undefined {
    const isNegated = this.#peek() === '!';
    if (isNegated) this.#at++;
    const low = this.#peek();
    if (low === END) return undefined;
    let body: string;
    let isIn: (code: number) => boolean;
    if (this.#runes[this.#at + 1] === '-') {
      const high = this.#runes[this.#at + 2] ?? END;
      if (high === END || (high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0)) return undefined;
      this.#at += 3;
      const [from = 0, to = 0] = [low.codePointAt(0), high.codePointAt(0)];
      isIn = (code) => from <= code && code <= to;
      body = `${classRune(low)}-${classRune(high)}`;
    } else {
      const text = this.#readRaw(']');
      if (text === '') return undefined;
      const runes = new Set(Array.from(text, (rune) => rune.codePointAt(0)));
      isIn = (code) => runes.has(code);
      body = Array.from(text, classRune).join('');
      // The library makes a text of a list with one character.
      if (runes.size === 1 && !isNegated && Array.from(text).length === 1) {
        if (this.#peek() !== ']') return undefined;
        this.#at++;
        this.#add({ kind: 'text', text });
        return `[${body}]`;
      }
    }
    if (this.#peek() !== ']') return undefined;
    this.#at++;
    this.#add({ kind: 'character', accepts: (code) => isIn(code) !== isNegated });
    return `[${isNegated ? '^' : ''}${body}]`;
  }
}

function classRune(rune: string): string {
  return `\\x{${(rune.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Bytes that are not UTF-8, and U+FFFD, which looks like one. */
function isReadable(rune: string): boolean {
  const code = rune.codePointAt(0) ?? 0;
  return code !== 0xfffd && (code < 0xd800 || code > 0xdfff);
}
