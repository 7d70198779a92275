import type { Node } from '../../yaml/node.ts';

/** A type of JSON Schema. */
export type ValueType = 'null' | 'boolean' | 'string' | 'integer' | 'number' | 'array' | 'object';

export function typeOf(node: Node): ValueType {
  if (node.kind === 'sequence') return 'array';
  if (node.kind === 'mapping') return 'object';
  const { value } = node;
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}
