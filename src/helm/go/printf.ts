import { LimitError } from '../value/limit-error.ts';
import { Taint } from '../value/origin.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { TextBuilder, type Tracked, withTaint } from '../value/tracked.ts';
import type { Format } from './format-number.ts';
import { appendFormatted } from './format.ts';
import { appendPrinted, goTypeName } from './print.ts';
import { Int, isNil } from '../value/value.ts';

/** Go takes no larger width, precision or operand number. */
const MAX_NUMBER = 1_000_000;

/** A directive takes longer than other characters. */
const MAX_DIRECTIVES = 100_000;

/**
 * As `fmt.Sprintf`: the text around the verbs keeps the format's origins, each operand's text its own.
 * What is wrong with a format shows in the text, as in Go: `%!d(string=x)`.
 */
export function sprintf(format: Tracked<string>, operands: readonly Tracked[]): Tracked<string> {
  return new FormatReader(format, operands).read();
}

type Flag = 'minus' | 'plus' | 'sharp' | 'space' | 'zero';

const FLAGS: Readonly<Record<string, Flag>> = { '-': 'minus', '+': 'plus', '#': 'sharp', ' ': 'space', '0': 'zero' };

/** Verbs without anything between them and their `%`: nearly all that charts use. */
const BARE: ReadonlyMap<string, Format> = new Map(
  ['s', 'd', 'v', 'q'].map((verb) => {
    const flags = { minus: false, plus: false, sharp: false, space: false, zero: false, plusV: false, sharpV: false };
    return [verb, { ...flags, verb, width: undefined, precision: undefined }];
  }),
);

class FormatReader {
  readonly #text: string;
  readonly #reader: TracedReader;
  readonly #operands: readonly Tracked[];
  readonly #builder = new TextBuilder();
  #at = 0;
  #next = 0;
  #directives = 0;
  /** Whether operands were asked for by number: then those that nothing asked for are not mistakes. */
  #isReordered = false;
  #isNumberGood = true;
  #isBehindNumber = false;
  /** Of the operands that gave a width or precision. */
  #taint: Taint = Taint.none;

  constructor(format: Tracked<string>, operands: readonly Tracked[]) {
    this.#text = format.value;
    this.#reader = TracedReader.of(format);
    this.#operands = operands;
  }

  read(): Tracked<string> {
    const text = this.#text;
    while (this.#at < text.length) {
      const percent = text.indexOf('%', this.#at);
      const end = percent === -1 ? text.length : percent;
      this.#reader.copyTo(end, this.#builder);
      this.#at = end;
      if (percent !== -1) this.#directive();
    }
    this.#reader.copyTo(text.length, this.#builder);
    if (!this.#isReordered && this.#next < this.#operands.length) this.#extra();
    return this.#builder.toTracked();
  }

  #directive(): void {
    if (++this.#directives > MAX_DIRECTIVES) throw new LimitError(`a format has more than ${MAX_DIRECTIVES} verbs`);
    this.#at++;
    this.#isNumberGood = true;
    this.#isBehindNumber = false;
    this.#taint = Taint.none;
    const bare = BARE.get(this.#peek());
    if (bare !== undefined) {
      this.#at++;
      this.#operand(bare, this.#passOver());
      return;
    }
    const flags: Record<Flag, boolean> = { minus: false, plus: false, sharp: false, space: false, zero: false };
    for (let flag = FLAGS[this.#peek()]; flag !== undefined; flag = FLAGS[this.#peek()]) {
      flags[flag] = true;
      this.#at++;
    }
    const notes: string[] = [];
    this.#operandNumber();
    const width = this.#width(flags, notes);
    const precision = this.#precision(notes);
    if (!this.#isBehindNumber) this.#operandNumber();
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) {
      this.#builder.append(`${notes.join('')}%!(NOVERB)`, this.#passOver());
      return;
    }
    const verb = code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCodePoint(code);
    this.#at += code > 0xffff ? 2 : 1;
    const taint = this.#passOver();
    this.#builder.append(notes.join(''), taint);
    const isV = verb === 'v';
    this.#operand(
      {
        ...flags,
        verb,
        width,
        precision,
        plus: flags.plus && !isV,
        sharp: flags.sharp && !isV,
        plusV: flags.plus && isV,
        sharpV: flags.sharp && isV,
      },
      taint,
    );
  }

  /** Moves past the directive. @returns the keys that had a part in it */
  #passOver(): Taint {
    return this.#reader.skipTo(this.#at).with(this.#taint);
  }

  #operand(format: Format, taint: Taint): void {
    const { verb } = format;
    const operand = this.#operands[this.#next];
    if (verb === '%') this.#builder.append('%', taint);
    else if (!this.#isNumberGood) this.#builder.append(`%!${verb}(BADINDEX)`, taint);
    else if (operand === undefined) this.#builder.append(`%!${verb}(MISSING)`, taint);
    else {
      this.#next++;
      const isText = (verb === 's' || verb === 'v') && typeof operand.value === 'string';
      const traced = taint === Taint.none ? operand : withTaint(operand, taint);
      if (isText && format.width === undefined && format.precision === undefined && !format.sharpV) {
        appendPrinted(this.#builder, traced);
      } else appendFormatted(this.#builder, format, traced);
    }
  }

  #width(flags: Record<Flag, boolean>, notes: string[]): number | undefined {
    if (this.#peek() === '*') {
      this.#at++;
      const width = this.#numberOperand();
      this.#isBehindNumber = false;
      if (width === undefined) notes.push('%!(BADWIDTH)');
      else if (width < 0) {
        flags.minus = true;
        flags.zero = false;
      }
      return width === undefined ? undefined : Math.abs(width);
    }
    const width = this.#number();
    if (this.#isBehindNumber && width !== undefined) this.#isNumberGood = false;
    return width;
  }

  #precision(notes: string[]): number | undefined {
    // A point that ends the format is a verb.
    if (this.#peek() !== '.' || this.#at + 1 >= this.#text.length) return undefined;
    this.#at++;
    if (this.#isBehindNumber) this.#isNumberGood = false;
    this.#operandNumber();
    if (this.#peek() !== '*') return this.#number() ?? 0;
    this.#at++;
    const precision = this.#numberOperand();
    this.#isBehindNumber = false;
    if (precision !== undefined && precision >= 0) return precision;
    notes.push('%!(BADPREC)');
    return undefined;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #number(): number | undefined {
    const start = this.#at;
    while (this.#peek() >= '0' && this.#peek() <= '9') this.#at++;
    if (this.#at === start) return undefined;
    const number = Number(this.#text.slice(start, this.#at));
    if (number <= MAX_NUMBER * 10 + 9) return number;
    // Go gives up the rest of the format.
    this.#at = this.#text.length;
    return undefined;
  }

  /** `[2]`. */
  #operandNumber(): void {
    this.#isBehindNumber = false;
    if (this.#peek() !== '[') return;
    this.#isReordered = true;
    const end = this.#text.indexOf(']', this.#at);
    if (end === -1 || this.#at + 2 >= this.#text.length) {
      this.#at++;
      this.#isNumberGood = false;
      return;
    }
    const digits = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    const number = /^\d+$/.test(digits) ? Number(digits) : -1;
    this.#isBehindNumber = number >= 0;
    if (number >= 1 && number <= this.#operands.length) this.#next = number - 1;
    else this.#isNumberGood = false;
  }

  /** The operand that a `*` takes. */
  #numberOperand(): number | undefined {
    const operand = this.#operands[this.#next];
    if (operand === undefined) return undefined;
    this.#next++;
    this.#taint = this.#taint.with(operand.taint);
    if (!(operand.value instanceof Int)) return undefined;
    const number = Number(operand.value.value);
    return Math.abs(number) <= MAX_NUMBER ? number : undefined;
  }

  #extra(): void {
    this.#builder.append('%!(EXTRA ');
    this.#operands.slice(this.#next).forEach((operand, index) => {
      if (index > 0) this.#builder.append(', ');
      if (isNil(operand.value)) this.#builder.append('<nil>', operand.taint);
      else {
        this.#builder.append(`${goTypeName(operand.value)}=`, operand.taint);
        appendPrinted(this.#builder, operand);
      }
    });
    this.#builder.append(')');
  }
}
