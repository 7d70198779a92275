import type { Node } from '../../yaml/node.ts';

/** A type of JSON Schema. */
export type ValueType = 'null' | 'boolean' | 'string' | 'integer' | 'number' | 'array' | 'object';

export function typeOf(node: Node): ValueType {
  if (node.kind === 'sequence') return 'array';
  if (node.kind === 'mapping') return 'object';
  const { value } = node;
  if (value === null) return 'null';
  if (typeof value === 'number') return isInteger(value, node.integer) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

/** An integer has 64 bits; as a float it must be one that is exact. */
function isInteger(value: number, digits: bigint | undefined): boolean {
  return digits === undefined ? Number.isSafeInteger(value) : BigInt.asIntN(64, digits) === digits;
}

export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}
