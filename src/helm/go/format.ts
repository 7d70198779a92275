import { FunctionError } from '../value/function.ts';
import { Taint } from '../value/origin.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { entryOf, itemOf, TextBuilder, Tracked } from '../value/tracked.ts';
import { byteLength, fromBytes, toBytes } from '../value/bytes.ts';
import { type Format, formatInteger, formatNumber, pad, padding } from './format-number.ts';
import { goTypeName, refuseDepth } from './print.ts';
import { canBackquote, quoteTracked } from './quote.ts';
import { Bytes, GoList, GoMap, Int, isNil, isObject, type GoObject, type Value } from '../value/value.ts';

/** Appends an operand of `printf` as its format says, with where each character came from. */
export function appendFormatted(builder: TextBuilder, format: Format, operand: Tracked): void {
  const { value, taint } = operand;
  if (format.verb === 'T') {
    appendString(builder, { ...format, verb: 's' }, new Tracked(goTypeName(value), operand.origin));
    return;
  }
  if (isNil(value) && format.verb === 'v') {
    builder.append(pad(format, '<nil>'), taint);
    return;
  }
  new OperandWriter(builder, format).write(operand, 0);
}

class OperandWriter {
  readonly #builder: TextBuilder;
  readonly #format: Format;
  /** Whether the verb is one that the value does not know, and the value is written to show that. */
  readonly #isError: boolean;

  constructor(builder: TextBuilder, format: Format, isError = false) {
    this.#builder = builder;
    this.#format = format;
    this.#isError = isError;
  }

  write(operand: Tracked, depth: number): void {
    refuseDepth(depth);
    const { value, origin, taint } = operand;
    const { verb } = this.#format;
    if (isNil(value)) return this.#nil(taint, depth);
    if (verb === 'p') return this.#pointer(operand);
    // `%w` is for errors only, and fmt says so of a container before it looks into it.
    if (verb === 'w' && !this.#isError && !(value instanceof Bytes && depth === 0)) return this.#badVerb(operand);
    if (typeof value === 'string') {
      if (!appendString(this.#builder, this.#format, new Tracked(value, origin))) this.#badVerb(operand);
    } else if (value instanceof GoMap) this.#map(new Tracked(value, origin), depth);
    else if (value instanceof GoList) this.#list(new Tracked(value, origin), depth);
    else if (value instanceof Bytes) this.#bytes(value, operand, depth);
    else if (isObject(value)) this.#object(value, operand, depth);
    else {
      const text = formatScalar(this.#format, value);
      if (text === undefined) this.#badVerb(operand);
      else this.#builder.append(text, taint);
    }
  }

  #nil(taint: Taint, depth: number): void {
    if (depth === 0) this.#builder.append(`%!${this.#format.verb}(<nil>)`, taint);
    else this.#builder.append(this.#format.sharpV ? 'interface {}(nil)' : '<nil>', taint);
  }

  /** `%!d(string=x)`. */
  #badVerb(operand: Tracked): void {
    this.#builder.append(`%!${this.#format.verb}(${goTypeName(operand.value)}=`, operand.taint);
    new OperandWriter(this.#builder, { ...this.#format, verb: 'v' }, true).write(operand, 0);
    this.#builder.append(')', operand.taint);
  }

  #pointer(operand: Tracked): void {
    const { value } = operand;
    const isPointer =
      value instanceof GoMap ||
      value instanceof GoList ||
      value instanceof Bytes ||
      (isObject(value) && value.kind === 'ptr');
    if (isPointer) this.#address(operand.taint);
    else this.#badVerb(operand);
  }

  /** An address is another in each run. */
  #address(taint: Taint): void {
    this.#builder.append(pad(this.#format, '0xc000000000'), taint.with(Taint.random));
  }

  #map(map: Tracked<GoMap>, depth: number): void {
    const { sharpV } = this.#format;
    const { taint } = map;
    const builder = this.#builder;
    if (sharpV && map.value.isNil) {
      builder.append(`${map.value.type}(nil)`, taint);
      return;
    }
    builder.append(sharpV ? `${map.value.type}{` : 'map[', taint);
    map.value.keys().forEach((key, index) => {
      const entry = entryOf(map, key);
      if (index > 0) builder.append(sharpV ? ', ' : ' ', entry.taint);
      this.write(new Tracked(key, entry.taint.origin), depth + 1);
      builder.append(':', entry.taint);
      this.write(entry, depth + 1);
    });
    builder.append(sharpV ? '}' : ']', taint);
  }

  #list(list: Tracked<GoList>, depth: number): void {
    const { sharpV } = this.#format;
    const builder = this.#builder;
    if (sharpV && list.value.isNil) {
      builder.append(`${list.value.type}(nil)`, list.taint);
      return;
    }
    builder.append(sharpV ? `${list.value.type}{` : '[', list.taint);
    list.value.items.forEach((_, index) => {
      const item = itemOf(list, index);
      if (index > 0) builder.append(sharpV ? ', ' : ' ', item.taint);
      this.write(item, depth + 1);
    });
    builder.append(sharpV ? '}' : ']', list.taint);
  }

  #bytes({ bytes, isNil: isNilSlice }: Bytes, { taint }: Tracked, depth: number): void {
    const { verb, sharpV } = this.#format;
    if (verb === 's' || verb === 'x' || verb === 'X' || verb === 'q') {
      appendString(this.#builder, this.#format, new Tracked(fromBytes(bytes), taint.origin));
      return;
    }
    const type = depth === 0 ? '[]byte' : '[]uint8';
    if (sharpV && isNilSlice) {
      this.#builder.append(`${type}(nil)`, taint);
      return;
    }
    this.#builder.append(sharpV ? `${type}{` : '[', taint);
    bytes.forEach((byte, index) => {
      if (index > 0) this.#builder.append(sharpV ? ', ' : ' ', taint);
      this.write(new Tracked(new Int('uint8', byte), taint.origin), depth + 1);
    });
    this.#builder.append(sharpV ? '}' : ']', taint);
  }

  #object(object: GoObject, operand: Tracked, depth: number): void {
    const { verb, sharpV } = this.#format;
    const isByText = !this.#isError && !sharpV && 'vsxXq'.includes(verb);
    if (isByText && object.toText !== undefined && object.isTextOfPointer !== true) {
      appendString(this.#builder, this.#format, new Tracked(object.toText(), operand.taint.origin));
      return;
    }
    if (object.kind === 'ptr') {
      if (depth > 0) return this.#address(operand.taint);
      this.#builder.append('&', operand.taint);
    }
    this.#struct(object, operand, depth);
  }

  #struct({ allFields, fields, typeName, toText }: GoObject, { taint }: Tracked, depth: number): void {
    const { sharpV, plusV } = this.#format;
    if (toText !== undefined && allFields === undefined) {
      throw new FunctionError(`the fields of a ${typeName} cannot be printed here`);
    }
    this.#builder.append(sharpV ? `${typeName.replace(/^\*/, '')}{` : '{', taint);
    let isFirst = true;
    for (const [name, field] of allFields ?? fields) {
      if (!isFirst) this.#builder.append(sharpV ? ', ' : ' ', taint);
      isFirst = false;
      if (sharpV || plusV) this.#builder.append(`${name}:`, taint);
      this.write(new Tracked(field, taint.origin), depth + 1);
    }
    this.#builder.append('}', taint);
  }
}

function formatScalar(format: Format, value: Value): string | undefined {
  if (value instanceof Int) return formatInteger(format, value.value, value.kind.startsWith('u'));
  if (typeof value === 'number') return formatNumber(format, value);
  const isBoolean = format.verb === 't' || format.verb === 'v';
  return isBoolean ? pad(format, String(value)) : undefined;
}

/** @returns false when strings do not know the verb */
function appendString(builder: TextBuilder, format: Format, text: Tracked<string>): boolean {
  switch (format.verb) {
    case 's':
      appendPadded(builder, format, truncateToPrecision(format, text));
      return true;
    case 'v':
      appendPadded(builder, format, format.sharpV ? quoteFormatted(format, text) : truncateToPrecision(format, text));
      return true;
    case 'q':
      appendPadded(builder, format, quoteFormatted(format, text));
      return true;
    case 'x':
    case 'X':
      builder.append(hexadecimal(format, text.value), text.taint, false);
      return true;
  }
  return false;
}

function appendPadded(builder: TextBuilder, format: Format, text: Tracked<string>): void {
  const filler = padding(format, text.value);
  if (!format.minus) builder.append(filler, text.taint);
  builder.appendSlice(text.value, text.origin);
  if (format.minus) builder.append(filler, text.taint);
}

function truncateToPrecision({ precision }: Format, text: Tracked<string>): Tracked<string> {
  if (precision === undefined || text.value.length <= precision) return text;
  let end = 0;
  let count = 0;
  for (const character of text.value) {
    if (count++ === precision) break;
    end += character.length;
  }
  const builder = new TextBuilder();
  TracedReader.of(text).copyTo(end, builder);
  return builder.toTracked();
}

function quoteFormatted(format: Format, text: Tracked<string>): Tracked<string> {
  const truncated = truncateToPrecision(format, text);
  if (format.sharp && canBackquote(truncated.value)) {
    return new TextBuilder().append('`').appendSlice(truncated.value, truncated.origin).append('`').toTracked();
  }
  return quoteTracked(truncated, '"', format.plus);
}

/** The bytes of a string; with a space between them, and with a `0x`, as the flags say. */
function hexadecimal(format: Format, text: string): string {
  const { verb, precision, space, sharp } = format;
  if (byteLength(text) === 0 || precision === 0) return padding(format, '');
  const prefix = sharp ? `0${verb}` : '';
  const digits = Buffer.from(toBytes(text).subarray(0, precision)).toString('hex');
  const cased = verb === 'X' ? digits.toUpperCase() : digits;
  return pad(format, prefix + (space ? spaced(cased, ` ${prefix}`) : cased));
}

/** Pairs of digits with a text between them. (A list of them would take many times the memory.) */
function spaced(digits: string, separator: string): string {
  const width = 2 + separator.length;
  const text = Buffer.alloc(Math.max(0, (digits.length / 2) * width - separator.length), separator);
  for (let pair = 0; pair * 2 < digits.length; pair++) {
    text[pair * width] = digits.charCodeAt(pair * 2);
    text[pair * width + 1] = digits.charCodeAt(pair * 2 + 1);
  }
  return text.toString('latin1');
}
