import { toBytes } from '../value/bytes.ts';
import { quoteGo } from '../go/quote.ts';
import { LimitError } from '../value/limit-error.ts';
import { CodecError } from './codec-error.ts';
import type { Entry, Node } from '../../yaml/node.ts';

/** Deeper than any document, and far from the end of the stack; Go's own limit is 10000. */
const MAX_DEPTH = 1000;

export interface DecodedJson {
  readonly root: Node;
  /** What Go says of the first number that is not a float64. It is null, and all else is read. */
  readonly problem: string | undefined;
}

/**
 * A JSON text as encoding/json reads it, with zero-based offsets.
 * @throws CodecError with Go's text for what is not JSON
 */
export function decodeJson(text: string): DecodedJson {
  const reader = new JsonReader(text);
  const root = reader.document();
  return { root, problem: reader.problem };
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
/** Everything up to the next quote, escape or control character. */
const STRING_PART = /[^"\\\0-\x1f]*/y;
const WHITE_SPACE = /[ \t\r\n]*/y;

class JsonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  problem: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Node {
    const root = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#error('after top-level value');
    return root;
  }

  /** What is wrong with the character at an offset. Go looks at bytes one by one. */
  #error(context: string, at: number = this.#at): CodecError {
    if (at >= this.#text.length) return new CodecError('unexpected end of JSON input');
    return this.#errorInside(context, at);
  }

  /** As `#error`, inside a number, word or escape, where Go takes the end for a space. */
  #errorInside(context: string, at: number): CodecError {
    const [byte = 0] = toBytes(String.fromCodePoint(this.#text.codePointAt(at) ?? 0x20));
    const character = byte === 0x22 ? `'"'` : quoteGo(String.fromCharCode(byte), "'");
    return new CodecError(`invalid character ${character} ${context}`);
  }

  #skipSpace(): void {
    this.#skip(WHITE_SPACE);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#text)) this.#at = pattern.lastIndex;
  }

  #value(): Node {
    this.#skipSpace();
    const start = this.#at;
    const character = this.#text.charAt(start);
    switch (character) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        return { kind: 'scalar', value: this.#string(), start, end: this.#at, style: 'quoted' };
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
    }
    if (character !== '-' && !(character >= '0' && character <= '9')) {
      throw this.#error('looking for beginning of value');
    }
    return this.#number();
  }

  #word(word: string, value: boolean | null): Node {
    const start = this.#at;
    for (let index = 1; index < word.length; index++) {
      if (this.#text[start + index] === word[index]) continue;
      throw this.#errorInside(`in literal ${word} (expecting '${word.charAt(index)}')`, start + index);
    }
    this.#at = start + word.length;
    return { kind: 'scalar', value, start, end: this.#at, style: 'plain' };
  }

  #number(): Node {
    const start = this.#at;
    NUMBER.lastIndex = start;
    const written = NUMBER.exec(this.#text)?.[0];
    const end = start + (written?.length ?? 1);
    if (written === undefined) throw this.#errorInside('in numeric literal', end);
    const rest = /^[.eE][-+]?/.exec(this.#text.slice(end, end + 2))?.[0] ?? '';
    if (rest.startsWith('.') && !/[.eE]/.test(written)) {
      throw this.#errorInside('after decimal point in numeric literal', end + 1);
    }
    if (/^[eE]/.test(rest) && !/[eE]/.test(written)) {
      throw this.#errorInside('in exponent of numeric literal', end + rest.length);
    }
    this.#at = end;
    const value = Number(written);
    if (Number.isFinite(value)) return { kind: 'scalar', value, start, end, style: 'plain' };
    this.problem ??= `json: cannot unmarshal number ${written} into Go value of type float64`;
    return { kind: 'scalar', value: null, start, end, style: 'plain' };
  }

  #string(): string {
    this.#at++;
    let value = '';
    while (true) {
      const start = this.#at;
      this.#skip(STRING_PART);
      value += withoutBytes(this.#text.slice(start, this.#at));
      const character = this.#text.charAt(this.#at);
      if (character === '"') break;
      if (character !== '\\') throw this.#error('in string literal');
      value += this.#escape();
    }
    this.#at++;
    return value;
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at + 1);
    if (letter === 'u') return this.#unicodeEscape();
    const character = ESCAPES[letter];
    if (character === undefined) throw this.#errorInside('in string escape code', this.#at + 1);
    this.#at += 2;
    return character;
  }

  /** A half of a character that has no other is U+FFFD. */
  #unicodeEscape(): string {
    const code = this.#codeUnit();
    if (code < 0xd800 || code > 0xdfff) return String.fromCharCode(code);
    if (code >= 0xdc00 || !this.#text.startsWith(String.raw`\u`, this.#at)) return '\ufffd';
    const before = this.#at;
    const second = this.#codeUnit();
    if (second >= 0xdc00 && second <= 0xdfff) return String.fromCharCode(code, second);
    this.#at = before;
    return '\ufffd';
  }

  #codeUnit(): number {
    const start = this.#at + 2;
    for (let at = start; at < start + 4; at++) {
      if (!/^[0-9a-fA-F]$/.test(this.#text.charAt(at))) {
        throw this.#errorInside(String.raw`in \u hexadecimal character escape`, at);
      }
    }
    this.#at = start + 4;
    return Number.parseInt(this.#text.slice(start, start + 4), 16);
  }

  #array(): Node {
    const start = this.#open();
    const items: Node[] = [];
    if (!this.#closes(']')) {
      do items.push(this.#value());
      while (this.#continues(']', 'after array element'));
    }
    this.#depth--;
    return { kind: 'sequence', items, start, end: this.#at };
  }

  /** Of keys that are equal, the last counts. */
  #object(): Node {
    const start = this.#open();
    const entries = new Map<string, Entry>();
    if (!this.#closes('}')) {
      do {
        const entry = this.#entry();
        entries.set(entry.key, entry);
      } while (this.#continues('}', 'after object key:value pair'));
    }
    this.#depth--;
    return { kind: 'mapping', entries: [...entries.values()], start, end: this.#at };
  }

  #entry(): Entry {
    this.#skipSpace();
    const start = this.#at;
    if (this.#text[start] !== '"') throw this.#error('looking for beginning of object key string');
    const key = this.#string();
    const end = this.#at;
    this.#skipSpace();
    if (this.#text[this.#at] !== ':') throw this.#error('after object key');
    this.#at++;
    return { key, value: this.#value(), start, end };
  }

  #open(): number {
    if (++this.#depth > MAX_DEPTH) throw new LimitError(`a JSON text is nested deeper than ${MAX_DEPTH} levels`);
    return this.#at++;
  }

  #closes(bracket: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== bracket) return false;
    this.#at++;
    return true;
  }

  #continues(bracket: string, context: string): boolean {
    if (this.#closes(bracket)) return false;
    if (this.#text[this.#at] !== ',') throw this.#error(context);
    this.#at++;
    return true;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Bytes that are not UTF-8 are U+FFFD. */
function withoutBytes(text: string): string {
  if (!/[\udc80-\udcff]/.test(text)) return text;
  return Array.from(text, (character) => (/^[\udc80-\udcff]$/.test(character) ? '\ufffd' : character)).join('');
}
