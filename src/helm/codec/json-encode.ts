import { replaceCharacters } from '../value/traced-reader.ts';
import { holdsText, TextBuilder, Tracked, writtenKey, writtenText } from '../value/tracked.ts';
import { type Encodable, type EncodableEntry, toEncodable } from './encodable.ts';
import { escapeJson, isEscapedInJson, quoteJson } from './json-text.ts';

export interface JsonStyle {
  /** Whether `<`, `>` and `&` are escaped. */
  readonly isHtmlSafe: boolean;
  /** Whether each entry is on its own line. */
  readonly isPretty?: boolean;
}

/**
 * A value as encoding/json writes it. An entry's key, value, indentation and the comma after it carry the keys of
 * that entry only.
 * @throws CodecError with what the Go function returns as its error
 */
export function encodeJson(value: Tracked, style: JsonStyle): Tracked<string> {
  const encoder = new Encoder(style);
  encoder.value(value, 0);
  return encoder.builder.toTracked();
}

class Encoder {
  readonly builder = new TextBuilder();
  readonly #style: JsonStyle;

  constructor(style: JsonStyle) {
    this.#style = style;
  }

  value(value: Tracked, depth: number): void {
    const encodable: Encodable = toEncodable(value, depth, (key) => key);
    switch (encodable.kind) {
      case 'null':
      case 'boolean':
      case 'number':
        this.#append(writtenText(encodable.text, value.origin));
        return;
      case 'string':
        // A byte that is not UTF-8 is escaped, while a U+FFFD of the text itself stays as it is.
        this.#string(holdsText(value) ? value : encodable.text);
        return;
      case 'list':
        this.#collection(
          value,
          '[',
          ']',
          encodable.items,
          depth,
          (item) => item,
          (item) => this.value(item, depth + 1),
        );
        return;
      case 'map':
        this.#collection(
          value,
          '{',
          '}',
          encodable.entries,
          depth,
          (entry) => entry.value,
          (entry) => this.#entry(entry, depth),
        );
    }
  }

  #string(text: Tracked<string>): void {
    const { isHtmlSafe } = this.#style;
    this.builder.append('"', text.taint);
    replaceCharacters(
      text,
      (character) => (isEscapedInJson(character, isHtmlSafe) ? escapeJson(character) : undefined),
      this.builder,
    );
    this.builder.append('"', text.taint);
  }

  #append({ value, origin }: Tracked<string>): void {
    this.builder.appendSlice(value, origin);
  }

  // Apart from the value: a frame for each level of it has to be small.
  #entry({ key, value }: EncodableEntry, depth: number): void {
    this.#key(key, value);
    this.value(value, depth + 1);
  }

  #key(key: string, { origin, taint }: Tracked): void {
    const { isHtmlSafe, isPretty } = this.#style;
    const quoted = quoteJson(key, isHtmlSafe);
    const isPlain = quoted.length === key.length + 2;
    this.builder.append('"', taint);
    this.#append(isPlain ? writtenKey(key, origin, taint) : new Tracked(quoted.slice(1, -1), taint.origin));
    this.builder.append(isPretty === true ? '": ' : '":', taint);
  }

  #collection<T>(
    { taint }: Tracked,
    open: string,
    close: string,
    parts: readonly T[],
    depth: number,
    trackedOf: (part: T) => Tracked,
    write: (part: T) => void,
  ): void {
    const isSpread = this.#style.isPretty === true && parts.length > 0;
    this.builder.append(isSpread ? `${open}\n` : open, taint);
    parts.forEach((part, index) => {
      const partTaint = trackedOf(part).taint;
      if (isSpread) this.builder.append('  '.repeat(depth + 1), partTaint);
      write(part);
      const comma = index < parts.length - 1 ? ',' : '';
      this.builder.append(isSpread ? `${comma}\n` : comma, partTaint);
    });
    this.builder.append(isSpread ? '  '.repeat(depth) + close : close, taint);
  }
}
