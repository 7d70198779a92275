import { printFloat } from '../go/float.ts';
import { MASK } from '../../text/mask.ts';
import { quoteGo } from '../go/quote.ts';
import { JsonNumber, type Json } from './json.ts';

/** What a schema refuses, as the library santhosh-tekuri/jsonschema tells it. */
export interface SchemaFault {
  /** The keys that lead to the value. */
  readonly path: readonly string[];
  readonly message: string;
  /** Only holds its causes together: several faults of one schema. */
  readonly isGroup: boolean;
  /** Stands for a `$ref`; it is not shown when it has one cause. */
  readonly isReference: boolean;
  readonly causes: readonly SchemaFault[];
}

/** What a message says of the value itself: a text that it quotes first, or a number. */
const OF_VALUE =
  /^'(?:[^'\\]|\\.)*'(?= (?:does not match|is not valid))|(?<=: got )[-0-9.,×⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]|(?<=\bis not valid [^:]*: ).*/gs;

/**
 * The lines of a fault and of its causes, each with a line break before it.
 * @param isSecret whether what keys lead to must not be said
 */
export function printFault(fault: SchemaFault, isSecret?: (path: readonly string[]) => boolean, depth = 0): string {
  const isHidden = fault.isReference && fault.causes.length === 1;
  const pointer = fault.path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const message = isSecret?.(fault.path) === true ? fault.message.replace(OF_VALUE, MASK) : fault.message;
  const line = isHidden ? '' : `\n${'  '.repeat(depth)}- at ${quote(pointer)}: ${message}`;
  return line + fault.causes.map((cause) => printFault(cause, isSecret, isHidden ? depth : depth + 1)).join('');
}

/** A text in single quotes, with Go's escapes. */
export function quote(text: string): string {
  const quoted = quoteGo(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${quoted}'`;
}

export function quoteAll(texts: readonly string[]): string {
  return texts.map(quote).join(', ');
}

/** A value that is neither list nor object, as it is written in JSON except for the quotes. */
export function display(value: Json): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof JsonNumber) return value.text;
  if (value === null) return '<nil>';
  return typeof value === 'boolean' ? String(value) : 'value';
}

/** A whole number with a comma between groups of three digits: the library prints for English readers. */
export function printCount(count: number): string {
  return String(count).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A float as `golang.org/x/text` prints it in English: `1,234.5`, `1×10⁰⁶`. */
export function printNumber(value: number): string {
  const [mantissa = '', exponent] = printFloat(value).split('e');
  const [whole = '', fraction] = mantissa.split('.');
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  if (exponent === undefined) return grouped;
  const digits = exponent.replace('+', '').replace('-', '⁻');
  return `${grouped}×10${digits.replace(/[0-9]/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? '')}`;
}
