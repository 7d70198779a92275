import { quoteGo } from '../go/quote.ts';

/** A JSON number by its text, since a schema's numbers are printed as they are written. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A JSON value with exact numbers. */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

/** A text that is not JSON: encoding/json's message. */
export class JsonError extends Error {}

/** Deeper than any schema; Go stops at 10000. */
const MAX_DEPTH = 1000;

/**
 * Reads one JSON value with nothing after it.
 * @throws JsonError
 */
export function parseJson(text: string): Json {
  const parser = new JsonParser(text);
  parser.skipSpace();
  if (parser.isAtEnd) throw new JsonError('EOF');
  const value = parser.value(0);
  parser.skipSpace();
  if (!parser.isAtEnd) throw new JsonError('invalid character after top-level value');
  return value;
}

class JsonParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  value(depth: number): Json {
    if (depth > MAX_DEPTH) throw new JsonError('exceeded max depth');
    const next = this.#text[this.#at];
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    if (next === '"') return this.#string();
    const token = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null/y;
    token.lastIndex = this.#at;
    const [word] = token.exec(this.#text) ?? [];
    if (word === undefined) throw this.#unexpected('looking for beginning of value');
    this.#at += word.length;
    if (word === 'null') return null;
    return word === 'true' || word === 'false' ? word === 'true' : new JsonNumber(word);
  }

  #object(depth: number): JsonObject {
    const object = new Map<string, Json>();
    this.#at++;
    for (this.skipSpace(); this.#text[this.#at] !== '}'; this.skipSpace()) {
      if (object.size > 0) this.#expect(',', 'after object key:value pair');
      if (this.#text[this.#at] !== '"') throw this.#unexpected('looking for beginning of object key string');
      const key = this.#string();
      this.skipSpace();
      this.#expect(':', 'after object key');
      const value = this.value(depth + 1);
      // Of two equal keys the later counts, as it does in Go.
      object.delete(key);
      object.set(key, value);
    }
    this.#at++;
    return object;
  }

  #array(depth: number): readonly Json[] {
    const items: Json[] = [];
    this.#at++;
    for (this.skipSpace(); this.#text[this.#at] !== ']'; this.skipSpace()) {
      if (items.length > 0) this.#expect(',', 'after array element');
      items.push(this.value(depth + 1));
    }
    this.#at++;
    return items;
  }

  #string(): string {
    const token = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    token.lastIndex = this.#at;
    const [quoted] = token.exec(this.#text) ?? [];
    if (quoted === undefined) {
      const rest = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
      rest.lastIndex = this.#at;
      rest.exec(this.#text);
      this.#at = rest.lastIndex;
      if (this.#text[this.#at] !== '\\') throw this.#unexpected('in string literal');
      const hexadecimal = /\\u[0-9a-fA-F]*/y;
      hexadecimal.lastIndex = this.#at;
      const isUnicode = hexadecimal.test(this.#text);
      this.#at = isUnicode ? hexadecimal.lastIndex : this.#at + 1;
      throw this.#unexpected(`in ${isUnicode ? '\\u hexadecimal character escape' : 'string escape code'}`);
    }
    this.#at += quoted.length;
    const text: unknown = JSON.parse(quoted);
    return String(text).replace(/[\ud800-\udfff]/gu, '\ufffd');
  }

  #expect(character: string, place: string): void {
    if (this.#text[this.#at] !== character) throw this.#unexpected(place);
    this.#at++;
    this.skipSpace();
  }

  #unexpected(place: string): JsonError {
    if (this.isAtEnd) return new JsonError('unexpected EOF');
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    return new JsonError(`invalid character ${quoteGo(character, "'")} ${place}`);
  }
}

/** The name that JSON Schema has for the type of a value; any number is a `number`. */
export function jsonTypeOf(value: Json): string {
  if (value === null) return 'null';
  if (value instanceof JsonNumber) return 'number';
  if (value instanceof Map) return 'object';
  return Array.isArray(value) ? 'array' : typeof value;
}
