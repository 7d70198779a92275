import { type Segment, Taint } from '../value/origin.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { segmentLike, TextBuilder, type Tracked } from '../value/tracked.ts';
import type { EmittedStyle } from './scalar-style.ts';

/** Writes YAML token by token and knows the column. Columns count characters; those of two units are always escaped. */
export class YamlWriter {
  readonly #builder = new TextBuilder();
  /** A line is broken at the first space after this column. */
  readonly #width: number;
  #lineStart = 0;
  /** The taint of what is last on the line: its line break belongs to it. */
  #taint: Taint = Taint.none;
  #isBehindIndicator = false;

  constructor(width: number) {
    this.#width = width;
  }

  finish(): Tracked<string> {
    this.#breakLine();
    return this.#builder.toTracked();
  }

  get #column(): number {
    return this.#builder.length - this.#lineStart;
  }

  /** Begins a line at a column, or goes on to that column. */
  line(indent: number, taint: Taint, isInline: boolean): void {
    if (!isInline) this.#breakLine();
    this.#indent(indent, taint);
  }

  /** A `-`, `?` or `:`. */
  indicator(text: string, taint: Taint, place?: Segment): void {
    if (place === undefined) this.#append(text, taint);
    else {
      this.#builder.appendText(text);
      this.#builder.appendSegment(segmentLike(place, text.length, place.offset, taint));
      this.#taint = taint;
    }
    this.#isBehindIndicator = true;
  }

  /** `null`, `true`, a number, `{}` or `[]`. */
  word(text: Tracked<string>): void {
    this.#append(this.#gap, text.taint);
    this.#builder.appendSlice(text.value, text.origin);
  }

  /** A string. Its further lines, if it may have some, begin at a column. */
  scalar(text: Tracked<string>, style: EmittedStyle, indent: number, mayBreak: boolean): void {
    this.#append(this.#gap, headTaint(text));
    switch (style) {
      case 'plain':
        this.#flow(text, indent, mayBreak, '');
        break;
      case 'single':
        this.#flow(text, indent, mayBreak, "'");
        break;
      case 'double':
        this.#double(text, indent, mayBreak);
        break;
      case 'literal':
        this.#literal(text, indent);
    }
    this.#taint = endTaint(text);
  }

  /** The space after an indicator. */
  get #gap(): string {
    return this.#isBehindIndicator ? ' ' : '';
  }

  #append(text: string, taint: Taint): void {
    this.#builder.append(text, taint);
    this.#taint = taint;
    this.#isBehindIndicator = false;
  }

  #breakLine(): void {
    if (this.#column === 0) return;
    this.#builder.append('\n', this.#taint);
    this.#lineStart = this.#builder.length;
  }

  #indent(column: number, taint: Taint): void {
    if (this.#column < column) this.#append(' '.repeat(column - this.#column), taint);
  }

  /** A plain or single-quoted scalar. */
  #flow(text: Tracked<string>, indent: number, mayBreak: boolean, quote: '' | "'"): void {
    const { value } = text;
    const reader = TracedReader.of(text);
    this.#append(quote, headTaint(text));
    let copied = 0;
    for (const { index } of value.matchAll(/[ '\u2028\u2029]/g)) {
      const character = value[index];
      if (character === ' ') {
        const isAlone = value[index - 1] !== ' ' && value[index + 1] !== ' ' && index > 0 && index < value.length - 1;
        if (!mayBreak || !isAlone || this.#column + index - copied <= this.#width) continue;
        reader.copyTo(index, this.#builder);
        this.#fold(reader, index + 1, indent);
      } else if (character === "'") {
        if (quote === '') continue;
        reader.copyTo(index, this.#builder);
        reader.replaceTo(index + 1, "''", this.#builder);
      } else {
        reader.copyTo(index + 1, this.#builder);
        this.#lineStart = this.#builder.length;
        if (!isBreakCharacter(value[index + 1] ?? '\n')) this.#builder.append(' '.repeat(indent));
      }
      copied = index + 1;
    }
    reader.copyTo(value.length, this.#builder);
    this.#append(quote, endTaint(text));
  }

  #double(text: Tracked<string>, indent: number, mayBreak: boolean): void {
    const { value } = text;
    const reader = TracedReader.of(text);
    // go-yaml looks for the byte order mark at the beginning only, and then escapes every character.
    const hasMark = value.startsWith('\ufeff');
    this.#append('"', headTaint(text));
    let copied = 0;
    let at = 0;
    for (const character of value) {
      const start = at;
      at += character.length;
      if (hasMark || isEscaped(character)) {
        reader.copyTo(start, this.#builder);
        reader.replaceTo(at, escape(character), this.#builder);
      } else {
        const mayFold = mayBreak && character === ' ' && value[start - 1] !== ' ' && start > 0 && at < value.length;
        if (!mayFold || this.#column + start - copied <= this.#width) continue;
        reader.copyTo(start, this.#builder);
        this.#fold(reader, at, indent);
        if (value[at] === ' ') this.#builder.append('\\');
      }
      copied = at;
    }
    reader.copyTo(value.length, this.#builder);
    this.#append('"', endTaint(text));
  }

  /** Writes a line break and an indentation in place of a space. */
  #fold(reader: TracedReader, end: number, indent: number): void {
    const { length } = this.#builder;
    reader.replaceTo(end, `\n${' '.repeat(indent)}`, this.#builder);
    this.#lineStart = length + 1;
  }

  #literal(text: Tracked<string>, indent: number): void {
    const { value } = text;
    const reader = TracedReader.of(text);
    this.#append(`|${indentationHint(value)}${chompingHint(value)}\n`, headTaint(text));
    let start = 0;
    for (const { index } of value.matchAll(/[\n\u2028\u2029]/g)) {
      if (index > start) this.#builder.append(' '.repeat(indent));
      reader.copyTo(index + 1, this.#builder);
      start = index + 1;
    }
    this.#lineStart = this.#builder.length;
    if (start < value.length) this.#builder.append(' '.repeat(indent));
    reader.copyTo(value.length, this.#builder);
  }
}

/** The keys that a text begins with: all that stands before it on its line has no others. */
export function headTaint({ value, origin }: Tracked): Taint {
  const { taint, segments } = origin;
  if (segments === undefined || value === '') return taint;
  const first = segments.findIndex((segment) => segment.length > 0);
  return first < 0 ? taint : Taint.union(segments.slice(0, first + 1).map((segment) => segment.taint));
}

/** The keys that a text ends with. */
function endTaint({ value, origin }: Tracked<string>): Taint {
  const { taint, segments } = origin;
  return value === '' ? taint : (segments?.findLast((segment) => segment.length > 0)?.taint ?? taint);
}

function isBreakCharacter(character: string): boolean {
  return character === '\n' || character === '\u2028' || character === '\u2029';
}

/** A text that begins with a space or line break does not show its own indentation. */
function indentationHint(text: string): string {
  const first = text.charAt(0);
  return first === ' ' || isBreakCharacter(first) ? '2' : '';
}

function chompingHint(text: string): string {
  if (!isBreakCharacter(text.charAt(text.length - 1))) return '-';
  return text.length === 1 || isBreakCharacter(text.charAt(text.length - 2)) ? '+' : '';
}

function isEscaped(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x7f) return code < 0x20 || code === 0x22 || code === 0x5c;
  // The first half of a character beyond U+FFFF is among these.
  return (
    code < 0xa0 || (code >= 0xd800 && code < 0xe000) || code > 0xfffd || code === 0xfeff || isBreakCharacter(character)
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escape(character: string): string {
  const letter = ESCAPES[character];
  if (letter !== undefined) return `\\${letter}`;
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
