import { byteLength } from '../go/bytes.ts';
import { Tracked } from '../tracked.ts';
import { type EncodableEntry, toEncodable } from './encodable.ts';
import { compareNaturally } from './natural-order.ts';
import { styleOfString } from './scalar-style.ts';
import { checkKey, formatYamlNumber, rereadString } from './yaml-reread.ts';
import { YamlWriter } from './yaml-writer.ts';

const INDENT = 2;
/** Longer keys, in bytes, are marked with a `?`. */
const LONGEST_SIMPLE_KEY = 128;

/**
 * A value as `toYaml` prints it, with the last line break: encoding/json writes it, go-yaml v2 reads that and writes
 * it again. An entry's key, value, indentation and line break carry the keys of that entry only.
 * @throws CodecError with what the Go function returns as its error
 */
export function emitYaml(value: Tracked): Tracked<string> {
  const emitter = new Emitter();
  emitter.node(value, -INDENT, 'nothing', 0);
  return emitter.finish();
}

class Emitter {
  readonly #writer = new YamlWriter();

  finish(): Tracked<string> {
    return this.#writer.finish();
  }

  /**
   * @param outer the column of what the node belongs to
   * @param before what stands before the node: behind an indicator (`-`, `?`, or a `:` below a `?`), collections begin
   *   on the same line
   */
  node(value: Tracked, outer: number, before: 'nothing' | 'indicator' | 'key', depth: number): void {
    const encodable = toEncodable(value, depth);
    const isInline = before !== 'key';
    switch (encodable.kind) {
      case 'null':
      case 'boolean':
        return this.#writer.word(encodable.text, value.taint);
      case 'number':
        return this.#writer.word(formatYamlNumber(encodable.text), value.taint);
      case 'string':
        return this.#string(encodable.text, outer);
      case 'list':
        if (encodable.items.length === 0) return this.#writer.word('[]', value.taint);
        // A list that belongs to a key stands in the column of the key.
        return this.#list(encodable.items, before === 'key' ? outer : outer + INDENT, isInline, depth);
      case 'map':
        if (encodable.entries.length === 0) return this.#writer.word('{}', value.taint);
        return this.#map(encodable.entries, outer + INDENT, isInline, depth);
    }
  }

  #string(text: Tracked<string>, outer: number): void {
    const read = rereadString(text);
    this.#writer.scalar(read, styleOfString(read.value, false), Math.max(outer + INDENT, INDENT), true);
  }

  #list(items: readonly Tracked[], column: number, isInline: boolean, depth: number): void {
    items.forEach((item, index) => {
      this.#writer.line(column, item.taint, isInline && index === 0);
      this.#writer.indicator('-', item.taint);
      this.node(item, column, 'indicator', depth + 1);
    });
  }

  #map(entries: readonly EncodableEntry[], column: number, isInline: boolean, depth: number): void {
    const sorted = [...entries].sort((a, b) => compareNaturally(a.key, b.key));
    sorted.forEach(({ key, value }, index) => {
      checkKey(key);
      this.#writer.line(column, value.taint, isInline && index === 0);
      const text = new Tracked(key, value.taint.origin);
      if (isSimpleKey(key)) {
        this.#writer.scalar(text, styleOfString(key, true), column, false);
        this.#writer.indicator(':', value.taint);
        this.node(value, column, 'key', depth + 1);
        return;
      }
      this.#writer.indicator('?', value.taint);
      this.#writer.scalar(text, styleOfString(key, false), column + INDENT, true);
      this.#writer.line(column, value.taint, false);
      this.#writer.indicator(':', value.taint);
      this.node(value, column, 'indicator', depth + 1);
    });
  }
}

/** Whether a key needs no `?`. */
function isSimpleKey(key: string): boolean {
  return !/[\n\u2028\u2029]/.test(key) && byteLength(key) <= LONGEST_SIMPLE_KEY;
}
