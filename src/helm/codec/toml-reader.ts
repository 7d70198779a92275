import { GoList, GoMap, type Value } from '../value/value.ts';
import { LimitError } from '../value/limit-error.ts';
import { TomlCursor } from './toml-cursor.ts';
import { readScalar, readString } from './toml-scalar.ts';

/** How a table came to be, which decides on what may still be added to it. */
type Making = 'header' | 'header-parent' | 'dotted' | 'inline';

const MAX_DEPTH = 1000;

/** Reads a TOML document (https://toml.io/en/v1.1.0) into Go's types: whole numbers are int64. */
export function readToml(text: string): GoMap {
  return new Reader(text).read();
}

class Reader {
  readonly #cursor: TomlCursor;
  readonly #making = new Map<GoMap, Making>();
  /** The lists that `[[name]]` makes, by the table they are in. */
  readonly #lists = new Map<GoMap, Map<string, GoMap[]>>();
  #depth = 0;

  constructor(text: string) {
    this.#cursor = new TomlCursor(text);
  }

  read(): GoMap {
    const root = new GoMap();
    let table = root;
    for (this.#cursor.skipBlank(); !this.#cursor.isAtEnd; this.#cursor.skipBlank()) {
      if (this.#cursor.startsWith('[')) table = this.#readHeader(root);
      else this.#readPair(table);
      this.#cursor.endLine();
    }
    this.#finishLists();
    return root;
  }

  #readHeader(root: GoMap): GoMap {
    const isList = this.#cursor.accept('[[');
    if (!isList) this.#cursor.expect('[');
    const path = this.#readPath();
    this.#cursor.expect(isList ? ']]' : ']');
    let table = root;
    for (const name of path.slice(0, -1)) table = this.#descend(table, name, 'header-parent');
    const name = path.at(-1) ?? '';
    return isList ? this.#addToList(table, name) : this.#openTable(table, name);
  }

  #openTable(parent: GoMap, name: string): GoMap {
    const known = parent.get(name);
    if (known === undefined) return this.#makeTable(parent, name, 'header');
    if (!(known instanceof GoMap) || this.#making.get(known) !== 'header-parent') return this.#defined(name);
    this.#making.set(known, 'header');
    return known;
  }

  #addToList(parent: GoMap, name: string): GoMap {
    const lists = this.#lists.get(parent) ?? new Map<string, GoMap[]>();
    this.#lists.set(parent, lists);
    const list = lists.get(name) ?? [];
    if (list.length === 0 && parent.has(name)) return this.#defined(name);
    lists.set(name, list);
    const table = new GoMap();
    this.#making.set(table, 'header');
    list.push(table);
    // Stands for the list until the document is read.
    parent.set(name, table);
    return table;
  }

  #finishLists(): void {
    for (const [parent, lists] of this.#lists) {
      for (const [name, list] of lists) parent.set(name, new GoList(list, '[]map[string]interface {}'));
    }
  }

  /** The table of a name on the way to another. */
  #descend(parent: GoMap, name: string, making: Making): GoMap {
    const known = parent.get(name);
    if (known === undefined) return this.#makeTable(parent, name, making);
    if (!(known instanceof GoMap)) return this.#defined(name);
    const was = this.#making.get(known);
    const isOpen = making === 'dotted' ? was === 'dotted' : was !== 'inline';
    return isOpen ? known : this.#defined(name);
  }

  #makeTable(parent: GoMap, name: string, making: Making): GoMap {
    const table = new GoMap();
    this.#making.set(table, making);
    parent.set(name, table);
    return table;
  }

  #defined(name: string): never {
    return this.#cursor.fail(`Key '${name}' has already been defined.`);
  }

  #readPair(table: GoMap): void {
    const path = this.#readPath();
    this.#cursor.expect('=');
    this.#cursor.skipSpaces();
    let parent = table;
    for (const name of path.slice(0, -1)) parent = this.#descend(parent, name, 'dotted');
    const name = path.at(-1) ?? '';
    if (parent.has(name)) this.#defined(name);
    parent.set(name, this.#readValue());
  }

  /** Reads names with dots between them and the white space around. */
  #readPath(): string[] {
    const path: string[] = [];
    do {
      this.#cursor.skipSpaces();
      const name = readString(this.#cursor, false) ?? this.#cursor.read(/[0-9A-Za-z_-]+/y);
      path.push(name ?? this.#cursor.fail('expected a name'));
      this.#cursor.skipSpaces();
    } while (this.#cursor.accept('.'));
    return path;
  }

  #readValue(): Value {
    if (++this.#depth > MAX_DEPTH) throw new LimitError(`a TOML text is nested deeper than ${MAX_DEPTH} levels`);
    const value = this.#readAnyValue();
    this.#depth--;
    return value;
  }

  #readAnyValue(): Value {
    if (this.#cursor.accept('[')) return this.#readList();
    if (this.#cursor.accept('{')) return this.#readInlineTable();
    return readString(this.#cursor, true) ?? readScalar(this.#cursor);
  }

  #readList(): GoList {
    const items: Value[] = [];
    for (this.#cursor.skipBlank(); !this.#cursor.accept(']'); this.#cursor.skipBlank()) {
      items.push(this.#readValue());
      this.#cursor.skipBlank();
      if (!this.#cursor.accept(',') && this.#cursor.next !== ']') this.#cursor.fail("expected ',' or ']'");
    }
    return new GoList(items);
  }

  #readInlineTable(): GoMap {
    const table = new GoMap();
    for (this.#cursor.skipBlank(); !this.#cursor.accept('}'); this.#cursor.skipBlank()) {
      this.#readPair(table);
      this.#cursor.skipBlank();
      if (!this.#cursor.accept(',') && this.#cursor.next !== '}') this.#cursor.fail("expected ',' or '}'");
    }
    this.#close(table);
    return table;
  }

  /** Nothing can be added to an inline table, nor to those that its names with dots made. */
  #close(table: GoMap): void {
    this.#making.set(table, 'inline');
    for (const name of table.keys()) {
      const value = table.get(name);
      if (value instanceof GoMap && this.#making.get(value) === 'dotted') this.#close(value);
    }
  }
}
