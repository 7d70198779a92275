import { byteLength } from '../value/bytes.ts';
import { type Tracked, writtenKey, writtenText } from '../value/tracked.ts';
import type { Encodable, EncodableEntry } from './encodable.ts';
import type { EmittedStyle } from './scalar-style.ts';
import { headTaint, YamlWriter } from './yaml-writer.ts';

/** In what the two libraries differ that Helm writes YAML with. */
export interface YamlDialect {
  /** The column after which a line is broken at the next space. */
  readonly width: number;
  /** Whether a list that belongs to a key is indented. */
  readonly isListIndented: boolean;
  /** One level of a value. */
  encode(value: Tracked, depth: number): Encodable;
  /** @throws CodecError when there is no such key */
  checkKey(key: string): void;
  compareKeys(a: string, b: string): number;
  formatNumber(text: string): string;
  styleOf(text: string, isSimpleKey: boolean): EmittedStyle;
}

const INDENT = 2;
/** Longer keys, in bytes, are marked with a `?`. */
const LONGEST_SIMPLE_KEY = 128;

/** Writes a value as go-yaml does, with the last line break. Each entry's characters carry the keys of that entry. */
export class YamlEmitter {
  readonly #dialect: YamlDialect;
  readonly #writer: YamlWriter;

  constructor(dialect: YamlDialect) {
    this.#dialect = dialect;
    this.#writer = new YamlWriter(dialect.width);
  }

  emit(value: Tracked): Tracked<string> {
    this.#node(value, -INDENT, 'nothing', 0);
    return this.#writer.finish();
  }

  /**
   * @param outer the column of what the node belongs to
   * @param before what precedes the node: after an indicator (`-`, `?`, or a `:` below a `?`), collections begin
   *   on the same line
   */
  #node(value: Tracked, outer: number, before: 'nothing' | 'indicator' | 'key', depth: number): void {
    const encodable = this.#dialect.encode(value, depth);
    const isInline = before !== 'key';
    switch (encodable.kind) {
      case 'null':
      case 'boolean':
        return this.#writer.word(writtenText(encodable.text, value.origin));
      case 'number':
        return this.#writer.word(writtenText(this.#dialect.formatNumber(encodable.text), value.origin));
      case 'string': {
        const { text } = encodable;
        const indent = Math.max(outer + INDENT, INDENT);
        return this.#writer.scalar(text, this.#dialect.styleOf(text.value, false), indent, true);
      }
      case 'list': {
        if (encodable.items.length === 0) return this.#writer.word(writtenText('[]', value.origin));
        const isIndented = before !== 'key' || this.#dialect.isListIndented;
        return this.#list(encodable.items, isIndented ? outer + INDENT : outer, isInline, depth);
      }
      case 'map':
        if (encodable.entries.length === 0) return this.#writer.word(writtenText('{}', value.origin));
        return this.#map(
          encodable.isStruct === true ? encodable.entries : this.#sorted(encodable.entries),
          outer + INDENT,
          isInline,
          depth,
        );
    }
  }

  #sorted(entries: readonly EncodableEntry[]): readonly EncodableEntry[] {
    return [...entries].sort((a, b) => this.#dialect.compareKeys(a.key, b.key));
  }

  #list(items: readonly Tracked[], column: number, isInline: boolean, depth: number): void {
    items.forEach((item, index) => {
      const taint = headTaint(item);
      this.#writer.line(column, taint, isInline && index === 0);
      this.#writer.indicator('-', taint, item.origin.written?.keySegments[0]);
      this.#node(item, column, 'indicator', depth + 1);
    });
  }

  #map(entries: readonly EncodableEntry[], column: number, isInline: boolean, depth: number): void {
    entries.forEach(({ key, value }, index) => {
      this.#dialect.checkKey(key);
      const taint = headTaint(value);
      this.#writer.line(column, taint, isInline && index === 0);
      const text = writtenKey(key, value.origin, taint);
      if (isSimpleKey(key)) {
        this.#writer.scalar(text, this.#dialect.styleOf(key, true), column, false);
        this.#writer.indicator(':', taint);
        this.#node(value, column, 'key', depth + 1);
        return;
      }
      this.#writer.indicator('?', taint);
      this.#writer.scalar(text, this.#dialect.styleOf(key, false), column + INDENT, true);
      this.#writer.line(column, taint, false);
      this.#writer.indicator(':', taint);
      this.#node(value, column, 'indicator', depth + 1);
    });
  }
}

/** Whether a key needs no `?`. */
function isSimpleKey(key: string): boolean {
  return !/[\r\n\x85\u2028\u2029]/.test(key) && byteLength(key) <= LONGEST_SIMPLE_KEY;
}
