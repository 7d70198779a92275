import type { Node } from '../../yaml/node.ts';

/** A text that two values have in common when they are the same, whatever the order of their fields. */
export function canonical(node: Node): string {
  if (node.kind === 'scalar') return JSON.stringify(node.value);
  if (node.kind === 'sequence') return `[${node.items.map(canonical).join(',')}]`;
  const fields = node.entries.map(({ key, value }) => `${JSON.stringify(key)}:${canonical(value)}`);
  return `{${fields.toSorted().join(',')}}`;
}
