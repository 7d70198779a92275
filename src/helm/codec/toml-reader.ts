import { GoList, GoMap, type Value } from '../value/value.ts';
import { LimitError } from '../value/limit-error.ts';
import { quoteGo } from '../go/quote.ts';
import { END, isLineBreak, TomlCursor } from './toml-cursor.ts';
import { floatOf, orNul, readNumberOrTime, readSigned } from './toml-scalar.ts';
import { readLines, readString } from './toml-string.ts';
import { tomlPath, TomlTables } from './toml-tables.ts';

const MAX_DEPTH = 1000;

/**
 * Reads a TOML document into Go's types (whole numbers are int64), as BurntSushi/toml 1.6 does.
 * @throws TomlError with its message; LimitError
 */
export function readToml(text: string): GoMap {
  return new Reader(text).read();
}

class Reader {
  readonly #tables: TomlTables;
  readonly #cursor: TomlCursor;
  /** The line of the key that was read last. */
  #keyLine = 1;
  #depth = 0;

  constructor(text: string) {
    this.#tables = new TomlTables((message) => this.#cursor.failAt(this.#keyLine, message));
    this.#cursor = new TomlCursor(text, () => this.#tables.lastKey);
  }

  read(): GoMap {
    const cursor = this.#cursor;
    for (let next = cursor.next(); next !== END; next = cursor.next()) {
      if (next === ' ' || next === '\t' || isLineBreak(next)) continue;
      if (next === '#') {
        this.#skipComment();
        continue;
      }
      if (next === '[') this.#readHeader();
      else {
        cursor.back();
        this.#readPair(undefined);
      }
      this.#endLine();
    }
    return this.#tables.toMap();
  }

  #endLine(): void {
    const cursor = this.#cursor;
    cursor.skipSpaces();
    const next = cursor.next();
    if (next === '#') this.#skipComment();
    else if (!isLineBreak(next) && next !== END) {
      const found = quoteGo(next, "'");
      cursor.fail(`expected a top-level item to end with a newline, comment, or EOF, but got ${found} instead`);
    } else if (next === END) cursor.back();
  }

  #skipComment(): void {
    this.#cursor.skip((character) => character !== END && !isLineBreak(character));
  }

  #readHeader(): void {
    const cursor = this.#cursor;
    const isList = cursor.peek() === '[';
    if (isList) cursor.next();
    const path: string[] = [];
    let next: string;
    do {
      cursor.skipSpaces();
      const first = cursor.peek();
      if (first === ']' || first === END) cursor.fail('unexpected end of table name (table names cannot be empty)');
      if (first === '.') cursor.fail('unexpected table separator (table names cannot be empty)');
      path.push(this.#readName(path.length === 0));
      cursor.skipSpaces();
      next = cursor.next();
    } while (next === '.');
    if (next !== ']') {
      cursor.fail(`expected '.' or ']' to end table name, but got ${quoteGo(orNul(next), "'")} instead`);
    }
    if (isList) {
      const last = cursor.next();
      if (last !== ']') {
        const found = quoteGo(orNul(last), "'");
        cursor.fail(`expected end of table array name delimiter ']', but got ${found} instead`);
      }
    }
    this.#tables.open(path, isList);
    this.#tables.settle('', false);
  }

  /** Reads a name in quotes, or what there is of a plain one: none at all is complained of by who reads on. */
  #readName(isFirst: boolean): string {
    const cursor = this.#cursor;
    const first = cursor.peek();
    let name: string;
    if (first === '"' || first === "'") {
      cursor.next();
      name = readString(cursor, first);
    } else {
      cursor.begin();
      while (/^[\w-]$/.test(cursor.next()));
      cursor.back();
      name = cursor.current;
    }
    if (isFirst) this.#keyLine = cursor.line;
    return name;
  }

  /** @param table the one in braces that the pair is in */
  #readPair(table: GoMap | undefined): void {
    const outer = this.#tables.context;
    const path = this.#readKey();
    const tables = this.#tables;
    tables.key = path.at(-1) ?? '';
    const parents = path.slice(0, -1);
    for (const name of parents) tables.openImplicit([...tables.context, name]);
    const { key } = tables;
    const value = this.#readValue(false);
    tables.set(key, value);
    tables.settle(key, value instanceof GoList);
    if (table !== undefined) this.#put(table, parents, key, value);
    tables.context = outer;
    if (table === undefined) tables.key = '';
  }

  #put(table: GoMap, parents: readonly string[], key: string, value: Value): void {
    let at = table;
    for (const name of parents) {
      if (!at.has(name)) at.set(name, new GoMap());
      const next = at.get(name);
      if (!(next instanceof GoMap)) {
        this.#cursor.failAt(this.#keyLine, `${quoteGo(tomlPath(this.#tables.context))} is not a table`);
      }
      at = next;
    }
    at.set(key, value);
  }

  /** Reads names with dots between them, and the `=` behind. */
  #readKey(): string[] {
    const cursor = this.#cursor;
    cursor.skipSpaces();
    const start = cursor.peek();
    if (start === '=' || start === END) cursor.fail("unexpected '=': key name appears blank");
    if (start === '.') cursor.fail("unexpected '.': keys cannot start with a '.'");
    const path: string[] = [];
    while (true) {
      cursor.skipSpaces();
      const first = cursor.peek();
      if (first === '=' || first === END) cursor.fail("unexpected '='");
      if (first === '.') cursor.fail("unexpected '.'");
      path.push(this.#readName(path.length === 0));
      cursor.skipSpaces();
      const next = cursor.next();
      if (next === '=') return path;
      if (next === '.') continue;
      if (next === END) cursor.fail("unexpected EOF; expected key separator '='");
      const message = `expected '.' or '=', but got ${quoteGo(next, "'")} instead`;
      if (next === '\n') cursor.failBefore(message);
      cursor.fail(message);
    }
  }

  #readValue(isInList: boolean): Value {
    if (++this.#depth > MAX_DEPTH) throw new LimitError(`a TOML text is nested deeper than ${MAX_DEPTH} levels`);
    const value = this.#readAnyValue(isInList);
    this.#depth--;
    return value;
  }

  #readAnyValue(isInList: boolean): Value {
    const cursor = this.#cursor;
    cursor.skipSpaces();
    const next = cursor.next();
    switch (next) {
      case '[':
        return this.#readList();
      case '{':
        return this.#readInlineTable(isInList);
      case '"':
      case "'":
        if (cursor.accept(next)) {
          if (cursor.accept(next)) return readLines(cursor, next);
          cursor.back();
        }
        return readString(cursor, next);
      case '.':
        return cursor.fail("floats must start with a digit, not '.'");
      case '+':
      case '-':
        return readSigned(cursor);
      case 'i':
      case 'n': {
        const isFloat = (cursor.accept('n') && cursor.accept('f')) || (cursor.accept('a') && cursor.accept('n'));
        if (isFloat) return floatOf(cursor, cursor.current);
      }
    }
    if (/^[0-9]$/.test(next)) {
      cursor.back();
      return readNumberOrTime(cursor);
    }
    if (/^\p{L}$/u.test(next)) {
      cursor.back();
      return this.#readBoolean();
    }
    if (next === END) cursor.fail('unexpected EOF; expected value');
    const message = `expected value but found ${quoteGo(next, "'")} instead`;
    return next === '\n' ? cursor.failBefore(message) : cursor.fail(message);
  }

  #readBoolean(): boolean {
    const cursor = this.#cursor;
    let word = '';
    for (let next = cursor.next(); /^\p{L}$/u.test(next); next = cursor.next()) word += next;
    cursor.back();
    if (word === 'true' || word === 'false') return word === 'true';
    return cursor.fail(`expected value but found ${quoteGo(word)} instead`);
  }

  /** Reads on to what is neither white space nor a comment. */
  #nextInside(): string {
    const cursor = this.#cursor;
    while (true) {
      const next = cursor.next();
      if (next === '#') this.#skipComment();
      else if (next !== ' ' && next !== '\t' && !isLineBreak(next)) return next;
    }
  }

  #readList(): GoList {
    const cursor = this.#cursor;
    this.#tables.settle(this.#tables.key, true);
    const items: Value[] = [];
    while (true) {
      const first = this.#nextInside();
      if (first === ',') cursor.fail('unexpected comma');
      if (first === ']') return new GoList(items);
      cursor.back();
      items.push(this.#readValue(true));
      const next = this.#nextInside();
      if (next === ']') return new GoList(items);
      if (next === ',') continue;
      cursor.fail(`expected a comma (',') or array terminator (']'), but got ${orEnd(next)}`);
    }
  }

  #readInlineTable(isInList: boolean): GoMap {
    const cursor = this.#cursor;
    const tables = this.#tables;
    const { context: outer, key: outerKey } = tables;
    const table = new GoMap();
    const path = [...outer, outerKey];
    tables.key = '';
    tables.context = path;
    tables.openImplicit(path, isInList);
    const close = (): GoMap => {
      tables.context = outer;
      tables.key = outerKey;
      return table;
    };
    while (true) {
      const first = this.#nextInside();
      if (first === ',') cursor.fail('unexpected comma');
      if (first === '}') return close();
      cursor.back();
      this.#readPair(table);
      let next = this.#nextInside();
      if (next === ',') {
        cursor.skipSpaces();
        if (cursor.peek() !== '}') continue;
        next = cursor.next();
      }
      if (next === '}') return close();
      cursor.fail(`expected a comma or an inline table terminator '}', but got ${orEnd(next)} instead`);
    }
  }
}

function orEnd(character: string): string {
  return character === END ? 'end of file' : `'${character}'`;
}
