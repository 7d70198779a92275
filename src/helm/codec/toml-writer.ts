import { formatFloat, SHORTEST } from '../go/float.ts';
import { refuseDepth } from '../go/print.ts';
import { GoTime } from '../go/time.ts';
import { Bytes, GoList, GoMap, Int, isNil, isObject, type Value } from '../value/value.ts';
import type { Origin } from '../value/origin.ts';
import { entryOf, itemOf, TextBuilder, Tracked } from '../value/tracked.ts';
import { tomlTimeText } from './toml-time.ts';

/** What the library BurntSushi/toml reports; its text is the same. */
export class TomlError extends Error {
  override readonly name = 'TomlError';
}

type Kind = 'nothing' | 'value' | 'table' | 'tables';

/** Writes a value as TOML, with the keys that each piece came from. Throws `TomlError`. */
export function writeToml(value: Tracked): Tracked<string> {
  const writer = new Writer();
  writer.write([], value);
  return writer.builder.toTracked();
}

/** A name as it is in TOML, in quotes if it needs them. */
function keyText(name: string): string {
  return /^[0-9A-Za-z_-]+$/.test(name) ? name : quoteToml(name);
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

function quoteToml(text: string): string {
  const escaped = text.replaceAll(/["\\\0-\x1f\x7f]/g, (character) => {
    return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** Whether a value becomes a table of its own. Throws when a list has a nil in it. */
function tomlKindOf(value: Value, depth = 0): Kind {
  refuseDepth(depth);
  if (isNil(value)) return 'nothing';
  if (value instanceof GoMap) return value.isNil ? 'nothing' : 'table';
  if (value instanceof GoList) {
    if (value.isNil) return 'nothing';
    const kinds = value.items.map((item) => tomlKindOf(item, depth + 1));
    if (kinds.includes('nothing')) throw new TomlError('toml: cannot encode array with nil element');
    return kinds.length > 0 && kinds.every((kind) => kind === 'table') ? 'tables' : 'value';
  }
  if (value instanceof Bytes) return value.isNil ? 'nothing' : 'value';
  return isObject(value) && !becomesText(value) ? 'table' : 'value';
}

/** An object that is written as one value: a time, or what makes a text of itself. */
function becomesText(value: Value): boolean {
  return value instanceof GoTime || (isObject(value) && value.methods.has('MarshalText'));
}

class Writer {
  readonly builder = new TextBuilder();
  #depth = 0;

  /** Writes the value of a key, or a whole document. */
  write(path: readonly string[], value: Tracked): void {
    const kind = tomlKindOf(value.value);
    if (kind === 'table') this.#table(path, value);
    else if (kind === 'tables' && value.value instanceof GoList) this.#tables(path, value, value.value);
    else if (kind === 'value') this.#pair(path, value, false);
  }

  #text(text: string, { taint }: Pick<Origin, 'taint'>): void {
    this.builder.append(text, taint);
  }

  #newLine(): void {
    if (this.builder.length > 0) this.builder.append('\n');
  }

  #table(path: readonly string[], table: Tracked): void {
    if (path.length === 1) this.#newLine();
    if (path.length > 0) {
      this.#header(path, table.origin, '[', ']');
      this.#newLine();
    }
    this.#entries(path, table, false);
  }

  #tables(path: readonly string[], list: Tracked, value: GoList): void {
    if (path.length === 0) throw new TomlError('toml: top-level values must be Go maps or structs');
    value.items.forEach((_item, index) => {
      const table = itemOf(new Tracked(value, list.origin), index);
      this.#newLine();
      this.#header(path, table.origin, '[[', ']]');
      this.#newLine();
      this.#entries(path, table, false);
    });
  }

  #header(path: readonly string[], origin: Origin, open: string, close: string): void {
    this.#text('  '.repeat(path.length - 1) + open + path.map(keyText).join('.') + close, origin);
  }

  /** Writes what is not a table first: after a table's header everything belongs to that table. */
  #entries(path: readonly string[], table: Tracked, isInline: boolean): void {
    refuseDepth(++this.#depth);
    const entries = entriesOf(table);
    const isSub = ({ entry }: Entry): boolean => ['table', 'tables'].includes(tomlKindOf(entry.value));
    const direct = entries.filter((entry) => !isSub(entry));
    const sub = entries.filter(isSub);
    if (isInline) this.#text('{', table.origin);
    for (const [group, isFollowed] of [
      [direct, sub.length > 0],
      [sub, false],
    ] as const) {
      group.forEach(({ name, entry }, index) => {
        if (tomlKindOf(entry.value) === 'nothing') return;
        if (!isInline) return this.write([...path, name], entry);
        this.#pair([name], entry, true);
        if (isFollowed || index < group.length - 1) this.#text(', ', table.origin);
      });
    }
    if (isInline) this.#text('}', table.origin);
    this.#depth--;
  }

  #pair(path: readonly string[], value: Tracked, isInline: boolean): void {
    const name = path.at(-1);
    if (name === undefined) return this.#element(value);
    this.#text(`${'  '.repeat(path.length - 1)}${keyText(name)} = `, value.origin);
    this.#element(value);
    if (!isInline) this.#newLine();
  }

  #element(tracked: Tracked): void {
    const { value, origin } = tracked;
    if (value instanceof GoList) {
      this.#text('[', origin);
      value.items.forEach((_item, index) => {
        if (index > 0) this.#text(', ', origin);
        this.#element(itemOf(new Tracked(value, origin), index));
      });
      this.#text(']', origin);
    } else if (value instanceof GoMap || (isObject(value) && !becomesText(value))) this.#entries([], tracked, true);
    else this.#text(scalarText(value), origin);
  }
}

interface Entry {
  readonly name: string;
  readonly entry: Tracked;
}

function entriesOf({ value, origin }: Tracked): readonly Entry[] {
  if (value instanceof GoMap) {
    const map = new Tracked(value, origin);
    return value.keys().map((name) => ({ name, entry: entryOf(map, name) }));
  }
  if (!isObject(value)) return [];
  return Array.from(value.fields, ([name, field]) => ({ name, entry: new Tracked(field, origin) }));
}

function scalarText(value: Value): string {
  if (typeof value === 'string') return quoteToml(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return floatText(value);
  if (value instanceof Int) return String(value.value);
  if (value instanceof Bytes) return `[${Array.from(value.bytes).join(', ')}]`;
  if (value instanceof GoTime) return tomlTimeText(value);
  return quoteToml(isObject(value) ? (value.toText?.() ?? '') : '');
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const text = formatFloat(value, 'g', SHORTEST);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
