import { FunctionError } from '../value/function.ts';
import { type Origin, Taint } from '../value/origin.ts';
import { entryOf, itemOf, mixed, TextBuilder, Tracked } from '../value/tracked.ts';
import { fromBytes } from '../value/bytes.ts';
import { printFloat } from './float.ts';
import { Bytes, GoList, GoMap, Int, isNil, isObject, type GoObject, type Value } from '../value/value.ts';

/** Deeper than any value that ends; Go's own stack is used up by a map that holds itself. */
export const MAX_DEPTH = 1000;

/** The name of a value's type, as `%T` and `typeOf` give it. */
export function goTypeName(value: Value): string {
  if (isNil(value)) return '<nil>';
  if (value instanceof Int) return value.kind;
  if (value instanceof GoMap || value instanceof GoList) return value.type;
  if (value instanceof Bytes) return '[]uint8';
  if (isObject(value)) return value.typeName;
  if (typeof value === 'number') return 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** A value as `fmt.Sprint` and `%v` print it: nil is `<nil>`. */
export function printValue(value: Value): string {
  return printScalar(value) ?? print(new Tracked(value)).value;
}

/** What an action prints: nothing at all is `<no value>`. The keys of each entry show in its own characters only. */
export function printTracked(value: Tracked): Tracked<string> {
  if (isNil(value.value)) return mixed('<no value>', value.taint);
  if (isObject(value.value)) {
    const pointed = value.value.toText?.() ?? structText(value.value);
    return new TextBuilder().append(pointed, value.taint).toTracked();
  }
  return print(value);
}

/** As `fmt.Sprint` of one value, with where each character came from. */
export function print(tracked: Tracked): Tracked<string> {
  const { value, origin } = tracked;
  if (typeof value === 'string') return new Tracked(value, origin);
  const builder = new TextBuilder();
  writeValue(builder, tracked, 0);
  return builder.toTracked();
}

/** A value as sprig's string functions take it (`strval`): bytes are text. */
export function textOf(tracked: Tracked): Tracked<string> {
  const { value, taint } = tracked;
  return value instanceof Bytes ? mixed(fromBytes(value.bytes), taint) : print(tracked);
}

/** As `fmt.Sprint`: there is a space between two values when neither is a string. */
export function printAll(values: readonly Tracked[]): Tracked<string> {
  const builder = new TextBuilder();
  values.forEach((value, index) => {
    const isStringBefore = index === 0 || typeof values[index - 1]?.value === 'string';
    if (!isStringBefore && typeof value.value !== 'string') builder.append(' ');
    appendPrinted(builder, value);
  });
  return builder.toTracked();
}

/** As `fmt.Sprintln`. */
export function printLine(values: readonly Tracked[]): Tracked<string> {
  const builder = new TextBuilder();
  values.forEach((value, index) => {
    if (index > 0) builder.append(' ');
    appendPrinted(builder, value);
  });
  return builder.append('\n').toTracked();
}

/** Appends a value as `%v` prints it. */
export function appendPrinted(builder: TextBuilder, value: Tracked): void {
  writeValue(builder, value, 0);
}

/** What fmt prints of an object: by its method, or field by field. */
function printObject(object: GoObject, depth: number): string {
  if (object.toText !== undefined && object.isTextOfPointer !== true) return object.toText();
  if (object.kind === 'struct') return structText(object);
  // An address, which is another in each run.
  return depth > 0 ? '0xc000000000' : `&${structText(object)}`;
}

/** What Go prints of a value that holds itself, if it could: it runs out of stack and ends. */
export function refuseDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new FunctionError('stack overflow: the value contains itself');
}

function structText({ allFields, fields }: GoObject): string {
  const printed = Array.from((allFields ?? fields).values(), (field) => {
    return isObject(field) ? printObject(field, 1) : printValue(field);
  });
  return `{${printed.join(' ')}}`;
}

function printScalar(value: Value): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return printFloat(value);
    case 'boolean':
      return String(value);
  }
  if (isNil(value)) return '<nil>';
  return value instanceof Int ? value.value.toString() : undefined;
}

function writeValue(builder: TextBuilder, tracked: Tracked, depth: number): void {
  refuseDepth(depth);
  const { value, origin } = tracked;
  if (typeof value === 'string') builder.appendSlice(value, origin);
  else if (value instanceof GoMap) writeMap(builder, value, origin, depth);
  else if (value instanceof GoList) writeList(builder, value, origin, depth);
  else if (value instanceof Bytes) builder.append(`[${value.bytes.join(' ')}]`, origin.taint);
  else if (isObject(value)) {
    const isAddress = depth > 0 && value.kind === 'ptr' && value.toText === undefined;
    builder.append(printObject(value, depth), isAddress ? origin.taint.with(Taint.random) : origin.taint);
  } else builder.append(printScalar(value) ?? '', origin.taint);
}

function writeMap(builder: TextBuilder, map: GoMap, origin: Origin, depth: number): void {
  const tracked = new Tracked(map, origin);
  builder.append('map[', origin.taint);
  map.keys().forEach((key, index) => {
    const entry = entryOf(tracked, key);
    builder.append(`${index > 0 ? ' ' : ''}${key}:`, entry.taint);
    writeValue(builder, entry, depth + 1);
  });
  builder.append(']', origin.taint);
}

function writeList(builder: TextBuilder, list: GoList, origin: Origin, depth: number): void {
  const tracked = new Tracked(list, origin);
  builder.append('[', origin.taint);
  list.items.forEach((_, index) => {
    const item = itemOf(tracked, index);
    if (index > 0) builder.append(' ', item.taint);
    writeValue(builder, item, depth + 1);
  });
  builder.append(']', origin.taint);
}
