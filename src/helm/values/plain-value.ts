import type { Node } from '../../yaml/node.ts';
import { GoList, GoMap, type Value } from '../value/value.ts';

/** A YAML node as the value that `encoding/json` makes of it, without origins: what does not come from values. */
export function plainValue(node: Node): Value {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return new GoList(node.items.map(plainValue));
    case 'mapping':
      return GoMap.from(node.entries.map(({ key, value }) => [key, plainValue(value)]));
  }
}
