import { GoList, GoMap, type Value } from '../value/value.ts';

/** A table that is being made, the tables of one name that `[[name]]` makes, or a value. */
type Item = Table | TableList | Value;

class Table {
  readonly items = new Map<string, Item>();
}

class TableList {
  readonly tables: Table[] = [];

  /** The one that was begun last. */
  get last(): Table | undefined {
    return this.tables.at(-1);
  }
}

/**
 * The tables of a TOML document, with what BurntSushi/toml 1.6 allows to be said twice: it remembers the keys that were
 * made on the way to others, and forgets it once they are named.
 */
export class TomlTables {
  readonly #root = new Table();
  readonly #implicit = new Set<string>();
  readonly #lists = new Set<string>();
  readonly #fail: (message: string) => never;
  /** The table that keys are set in. */
  context: readonly string[] = [];
  /** The key that gets a value; empty for none. */
  key = '';

  /** @param fail throws for what cannot be said twice */
  constructor(fail: (message: string) => never) {
    this.#fail = fail;
  }

  /** What messages call the key that was read last. */
  get lastKey(): string {
    if (this.key === '') return tomlPath(this.context);
    return this.context.length === 0 ? this.key : `${tomlPath(this.context)}.${this.key}`;
  }

  /** Opens the table of a path for keys; in `isList`, one more of its tables. */
  open(path: readonly string[], isList: boolean): void {
    let table = this.#root;
    const parents: string[] = [];
    for (const name of path.slice(0, -1)) {
      parents.push(name);
      if (!table.items.has(name)) {
        this.#implicit.add(tomlPath(parents));
        table.items.set(name, new Table());
      }
      table =
        this.#tableOf(table.items.get(name)) ?? this.#fail(`Key '${tomlPath(parents)}' was already created as a hash.`);
    }
    const name = path.at(-1) ?? '';
    this.context = parents;
    if (isList) {
      if (!table.items.has(name)) table.items.set(name, new TableList());
      const list = table.items.get(name);
      if (list instanceof TableList) list.tables.push(new Table());
      else this.#fail(`Key '${tomlPath(path)}' was already created and cannot be used as an array.`);
    } else this.set(name, new Table());
    this.context = path;
  }

  /** Opens a table on the way to a key with dots, or one in braces. */
  openImplicit(path: readonly string[], isList = false): void {
    this.#implicit.add(tomlPath(path));
    this.open(path, isList);
  }

  /** Sets a key of the current table, unless that is what made it. */
  set(name: string, value: Value | Table): void {
    let table = this.#root;
    for (const [index, step] of this.context.entries()) {
      const path = this.context.slice(0, index + 1);
      table = this.#tableOf(table.items.get(step)) ?? this.#defined(path);
    }
    const path = [...this.context, name];
    const text = tomlPath(path);
    if (!table.items.has(name)) {
      table.items.set(name, value);
      return;
    }
    if (!this.#implicit.has(text)) this.#defined(path);
    this.#implicit.delete(text);
    if (this.#lists.has(text)) table.items.set(name, value);
  }

  /** Says of a key of the current table whether it has a list. The library takes an empty key for the table itself. */
  settle(name: string, isList: boolean): void {
    const path = name === '' ? this.context : [...this.context, name];
    const text = tomlPath(path.length === 0 ? [''] : path);
    if (isList) this.#lists.add(text);
    else this.#lists.delete(text);
  }

  toMap(): GoMap {
    return mapOf(this.#root);
  }

  #tableOf(item: Item): Table | undefined {
    if (item instanceof TableList) return item.last;
    return item instanceof Table ? item : undefined;
  }

  #defined(path: readonly string[]): never {
    return this.#fail(`Key '${tomlPath(path)}' has already been defined.`);
  }
}

function mapOf({ items }: Table): GoMap {
  const map = new GoMap();
  for (const [name, item] of items) map.set(name, valueOf(item));
  return map;
}

function valueOf(item: Item): Value {
  if (item instanceof Table) return mapOf(item);
  return item instanceof TableList ? new GoList(item.tables.map(mapOf), '[]map[string]interface {}') : item;
}

/** `a."b c"`, as the library writes a path. */
export function tomlPath(path: readonly string[]): string {
  return path.map((name) => (/^[\w-]+$/.test(name) ? name : quoteName(name))).join('.');
}

function quoteName(name: string): string {
  const escaped = name.replaceAll(/["\\\0-\x1f\x7f]/g, (character) => {
    const short = SHORT_ESCAPES[character];
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};
