import { compareBytes } from '../value/bytes.ts';
import { formatFloat, SHORTEST } from '../go/float.ts';
import { quoteGo } from '../go/quote.ts';
import type { Entry, Node } from '../../yaml/node.ts';
import { isUnsupportedKey } from '../../yaml/key.ts';
import type { Resolved } from '../../yaml/scalar.ts';

/** A node as `%#v` prints what go-yaml makes of it: messages show values so. */
export function printGoSyntax(node: Node): string {
  return node.kind === 'scalar' && node.value === null ? '<nil>' : printInner(node);
}

function printInner(node: Node): string {
  switch (node.kind) {
    case 'scalar':
      return printScalar(node.integer ?? node.value);
    case 'sequence':
      return `[]interface {}{${node.items.map(printInner).join(', ')}}`;
    case 'mapping': {
      const entries = [...node.entries].sort(compareEntries);
      const printed = entries.map((entry) => `${printScalar(rawKeyOf(entry))}:${printInner(entry.value)}`);
      return `map[interface {}]interface {}{${printed.join(', ')}}`;
    }
  }
}

/** A scalar as a key prints it, where nil stands alone. */
export function printKey(key: Resolved): string {
  return key === null ? '<nil>' : printScalar(key);
}

function printScalar(value: Resolved): string {
  if (value === null) return 'interface {}(nil)';
  switch (typeof value) {
    case 'string':
      return quoteGo(value);
    case 'number':
      return formatFloat(value, 'g', SHORTEST);
    case 'bigint':
      return isUnsupportedKey(value) ? `0x${value.toString(16)}` : value.toString();
    default:
      return String(value);
  }
}

function rawKeyOf({ key, rawKey }: Entry): Resolved {
  return rawKey === undefined ? key : rawKey;
}

/** Go sorts keys of one type; the order of types differs from run to run, except for nil, which is first. */
function compareEntries(a: Entry, b: Entry): number {
  const x = rawKeyOf(a);
  const y = rawKeyOf(b);
  if (x === null || y === null) return Number(y === null) - Number(x === null);
  if (typeof x === 'string' && typeof y === 'string') return compareBytes(x, y);
  if (typeof x === typeof y) return x < y ? -1 : Number(x > y);
  return typeof x < typeof y ? -1 : 1;
}
