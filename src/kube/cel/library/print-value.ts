import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { noSuchOverload } from '../fault.ts';
import { Cidr, entriesOf, Ip, isList } from '../values.ts';
import { ipText } from './network.ts';

/** A value as `string` and `%s` print it. */
export function printValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return printDouble(value);
  if (value === null) return 'null';
  if (value instanceof UnsignedInt) return String(value.valueOf());
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (value instanceof Duration) return printDuration(value);
  if (value instanceof Ip) return ipText(value);
  if (value instanceof Cidr) return `${ipText(value.ip)}/${value.bits}`;
  if (isList(value)) return `[${value.map(printInside).join(', ')}]`;
  const entries = entriesOf(value);
  if (entries === undefined) throw noSuchOverload('string');
  return `{${entries
    .map(([key, each]) => `${printInside(key)}:${printInside(each)}`)
    .toSorted()
    .join(', ')}}`;
}

/** Inside lists and maps, texts are quoted. */
function printInside(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : printValue(value);
}

/** As Go prints with the format g: an exponent has two digits, from 1e+06 on or below 0.0001. */
function printDouble(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function printDuration({ seconds, nanos }: Duration): string {
  const fraction = String(Math.abs(nanos)).padStart(9, '0').replace(/0+$/, '');
  return `${seconds}${fraction === '' ? '' : `.${fraction}`}s`;
}
