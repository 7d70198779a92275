import { printFloat } from '../go/float.ts';
import { MASK } from '../../text/mask.ts';
import { quoteGo } from '../go/quote.ts';
import { JsonNumber, type Json } from './json.ts';

/** Where a value is: its key, and what it is in. The root has no parent. */
export interface SchemaPath {
  readonly parent: SchemaPath | undefined;
  readonly key: string;
}

/** Text that is long is made when it is shown: most faults are never shown. */
export type FaultText = string | (() => string);

/** What a schema refuses, as the library santhosh-tekuri/jsonschema tells it. */
export interface SchemaFault {
  readonly path: SchemaPath | undefined;
  readonly message: FaultText;
  /** Only holds its causes together: several faults of one schema. */
  readonly isGroup: boolean;
  /** Stands for a `$ref`; it is not shown when it has one cause. */
  readonly isReference: boolean;
  readonly causes: readonly SchemaFault[];
}

/** What a message says of the value itself: a text that it quotes first, or a number. */
const OF_VALUE =
  /^'(?:[^'\\]|\\.)*'(?= (?:does not match|is not valid))|(?<=: got )[-0-9.,×⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]|(?<=\bis not valid [^:]*: ).*/gs;

/** More than people read. Faults that share a cause each show it, so a few faults can be any number of lines. */
const MAX_SHOWN = 100_000;

/**
 * The lines of faults and of their causes; those at the end are left out where there are too many.
 * @param isSecret whether what keys lead to must not be said
 */
export function printFaults(faults: readonly SchemaFault[], isSecret?: (path: readonly string[]) => boolean): string {
  const lines: string[] = [];
  let left = MAX_SHOWN;
  const print = (fault: SchemaFault, depth: number): void => {
    if (left < 0) return;
    const isHidden = fault.isReference && fault.causes.length === 1;
    if (!isHidden) {
      const said = typeof fault.message === 'string' ? fault.message : fault.message();
      const text = isSecret?.(keysOf(fault.path)) === true ? said.replace(OF_VALUE, MASK) : said;
      const line = `${'  '.repeat(depth)}- at ${quote(pointerTo(fault.path))}: ${text}`;
      lines.push(line);
      left -= line.length;
    }
    for (const cause of fault.causes) print(cause, isHidden ? depth : depth + 1);
  };
  for (const fault of faults) print(fault, 0);
  if (left < 0) lines.push('- and more');
  return lines.join('\n');
}

function pointerTo(path: SchemaPath | undefined): string {
  return keysOf(path)
    .map((key) => `/${escapeToken(key)}`)
    .join('');
}

function keysOf(path: SchemaPath | undefined): string[] {
  const keys: string[] = [];
  for (let at = path; at?.parent !== undefined; at = at.parent) keys.push(at.key);
  return keys.toReversed();
}

/** A key as a part of a JSON pointer. */
export function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
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
