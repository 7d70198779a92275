import type { Entry, Node } from '../../yaml/node.ts';
import { entryOf } from '../../yaml/node.ts';
import type { Schema } from './schema.ts';
import { isNull } from './value-type.ts';

/**
 * A value as the API server has it before it is validated: null is dropped where it is not allowed, and what is absent
 * has its default. Source: package defaulting in k8s.io/apiextensions-apiserver.
 */
export function fillIn(node: Node, schema: Schema | undefined): Node {
  if (schema === undefined || node.kind === 'scalar') return node;
  if (node.kind === 'sequence') {
    const { items } = schema;
    return { ...node, items: node.items.map((item) => fillIn(valueOf(item, items) ?? item, items)) };
  }
  const entries: Entry[] = [];
  for (const entry of node.entries) {
    const field = schema.field(entry.key);
    const value = valueOf(entry.value, field);
    if (value !== undefined) entries.push({ ...entry, value: fillIn(value, field) });
  }
  for (const [key, value] of schema.defaults) {
    if (entryOf(node, key) !== undefined) continue;
    entries.push({ key, value: fillIn(value, schema.property(key)), start: node.start, end: node.start });
  }
  return { ...node, entries };
}

/** The value; its default where it is null and may not be, and undefined where there is none. */
function valueOf(value: Node, schema: Schema | undefined): Node | undefined {
  return isNull(value) && schema !== undefined && !schema.isNullable ? schema.default : value;
}
