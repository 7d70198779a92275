import { quoteGo } from '../go/quote.ts';
import { goTypeName } from '../go/print.ts';
import { GoList, GoMap, isNil, type Value } from '../value/value.ts';
import type { Origin } from '../value/origin.ts';
import type { Range, SourceText } from '../../text/source.ts';
import { originAt } from '../values/originated.ts';
import { SetError, SetReader } from './set-reader.ts';
import type { SetSyntax, SetValue } from './set-syntax.ts';
import type { ValuesPath } from '../value/values-key.ts';
import { unionOf } from '../values/union.ts';

const MAX_INDEX = 65536;
const MAX_LEVEL = 30;

/** A place that is being set: the keys that lead there, and where in the flag's text the last of them stands. */
interface Target {
  readonly path: ValuesPath;
  readonly key: Range;
}

/**
 * Sets in a map what a flag says, as Helm's `strvals` does: `a.b[0]=x,c=y`.
 * @param source the flag's text, named after the flag
 * @throws SetError
 */
export function setInto(values: GoMap, source: SourceText, syntax: SetSyntax): void {
  const parser = new SetParser(source, syntax);
  while (!parser.key(values, [], 0));
}

class SetParser {
  readonly #source: SourceText;
  readonly #syntax: SetSyntax;
  readonly #reader: SetReader;

  constructor(source: SourceText, syntax: SetSyntax) {
    this.#source = source;
    this.#syntax = syntax;
    this.#reader = new SetReader(source.text);
  }

  /**
   * Reads one key, up to and with its value.
   * @returns whether the text ended where Go would report `io.EOF`; what is being set then may be dropped
   */
  key(data: GoMap, path: ValuesPath, level: number): boolean {
    const start = this.#reader.at;
    const { text: name, stop } = this.#reader.takeUntil(this.#syntax.keyStops, this.#syntax.isEscaped);
    const target: Target = { path: [...path, name], key: { start, end: this.#reader.at - stop.length } };
    switch (stop) {
      case '=': {
        const { value, origin, isEnd } = this.#value(target);
        set(data, name, value, origin);
        return isEnd;
      }
      case '[':
        return this.#list(data, name, target, level);
      case '.':
        return this.#table(data, name, target, level + 1);
      case ',':
        throw new SetError(`key ${quoteGo(name)} has no value (cannot end with ,)`);
      default:
        if (name !== '') throw new SetError(`key ${quoteGo(name)} has no value`);
        return true;
    }
  }

  #table(data: GoMap, name: string, target: Target, level: number): boolean {
    if (level > MAX_LEVEL) {
      const limit = `greater than maximum supported nested level of ${String(MAX_LEVEL)}`;
      throw new SetError(`value name nested level is ${limit}`);
    }
    const table = data.has(name) ? data.get(name) : new GoMap();
    if (!(table instanceof GoMap)) throw wrongType(table, 'map[string]interface {}');
    const isEnd = this.key(table, target.path, level);
    if (!isEnd && table.size === 0) throw new SetError(`key map ${quoteGo(name)} has no value`);
    if (table.size !== 0) set(data, name, table, this.#origin(data.originOf(name), target));
    return isEnd;
  }

  #list(data: GoMap, name: string, target: Target, level: number): boolean {
    const index = this.#index();
    if (index === undefined) return true;
    const before = data.has(name) ? data.get(name) : new GoList([]);
    if (!(before instanceof GoList)) throw wrongType(before, '[]interface {}');
    const { list, isEnd } = this.#item(before, index, target, level);
    set(data, name, list, this.#origin(data.originOf(name), target));
    return isEnd;
  }

  /** Reads up to `]`; undefined when the text ends first, which Helm lets pass. */
  #index(): number | undefined {
    const { text, stop } = this.#reader.takeUntil(']', this.#syntax.isEscaped);
    if (stop === '') return undefined;
    const fail = (reason: string): SetError =>
      new SetError(`error parsing index: strconv.Atoi: parsing ${quoteGo(text)}: ${reason}`);
    if (!/^[+-]?[0-9]+$/.test(text)) throw fail('invalid syntax');
    if (Math.abs(Number(text)) >= 2 ** 63) throw fail('value out of range');
    return Number(text);
  }

  /** Reads what comes after `[index]`; gives the list with that item set. */
  #item(list: GoList, index: number, parent: Target, level: number): { list: GoList; isEnd: boolean } {
    if (index < 0) throw new SetError(`negative ${String(index)} index not allowed`);
    const { text, stop } = this.#reader.takeUntil('[.=', this.#syntax.isEscaped);
    if (text !== '') {
      const runes = Array.from(text, (rune) => quoteGo(rune, "'")).join(' ');
      throw new SetError(`unexpected data at end of array index: [${runes}]`);
    }
    const key = { start: parent.key.start, end: this.#reader.at - stop.length };
    const target: Target = { path: [...parent.path, index], key };
    const before = list.items[index];
    if (stop === '=') {
      const { value, origin } = this.#value(target);
      return { list: setItem(list, index, value, origin), isEnd: false };
    }
    if (stop === '[') {
      const next = this.#index();
      if (next === undefined) return { list, isEnd: true };
      if (!isNil(before) && !(before instanceof GoList)) throw wrongType(before, '[]interface {}');
      const inner = this.#item(before ?? new GoList([]), next, target, level);
      if (inner.isEnd) return { list, isEnd: true };
      const origin = this.#origin(list.originOf(index), target);
      return { list: setItem(list, index, inner.list, origin), isEnd: false };
    }
    if (stop === '') return { list, isEnd: true };
    const table = before instanceof GoMap ? before : new GoMap();
    if (this.key(table, target.path, level)) return { list, isEnd: true };
    return { list: setItem(list, index, table, this.#origin(list.originOf(index), target)), isEnd: false };
  }

  #value({ path, key }: Target): SetValue {
    return this.#syntax.readValue(this.#reader, { path, key, source: this.#source });
  }

  /** Of a table or list on the way: what it came from before, and this flag. */
  #origin(before: Origin | undefined, { path, key }: Target): Origin | undefined {
    return unionOf(before, originAt(path, this.#source, key, { start: key.end, end: this.#reader.at }));
  }
}

/** An empty key sets nothing. */
function set(data: GoMap, key: string, value: Value, origin: Origin | undefined): void {
  if (key !== '') data.set(key, value, origin);
}

function setItem(list: GoList, index: number, value: Value, origin: Origin | undefined): GoList {
  if (index > MAX_INDEX) {
    const limit = `greater than maximum supported index of ${String(MAX_INDEX)}`;
    throw new SetError(`index of ${String(index)} is ${limit}`);
  }
  const length = Math.max(list.items.length, index + 1);
  const items = Array.from({ length }, (_, at) => (at === index ? value : (list.items[at] ?? null)));
  const origins = Array.from({ length }, (_, at) => (at === index ? origin : list.originOf(at)));
  return new GoList(items, list.type, origins);
}

function wrongType(value: Value, wanted: string): SetError {
  const found = isNil(value) ? 'nil' : goTypeName(value);
  return new SetError(`unable to parse key: interface conversion: interface {} is ${found}, not ${wanted}`);
}
