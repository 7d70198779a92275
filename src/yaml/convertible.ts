import { YamlFault } from './fault.ts';
import { isUnsupportedKey } from './key.ts';
import type { Node } from './node.ts';

/**
 * What sigs.k8s.io/yaml refuses when it turns a document into JSON. (It looks at the entries of a map in random order;
 * here the first in the text is the one that is named.)
 */
export function findUnconvertible(root: Node): YamlFault | undefined {
  return findKey(root, new Set()) ?? findNumber(root, new Set());
}

function findKey(node: Node, seen: Set<Node>): YamlFault | undefined {
  if (node.kind === 'scalar' || seen.has(node)) return undefined;
  seen.add(node);
  if (node.kind === 'sequence') return firstOf(node.items, (item) => findKey(item, seen));
  return firstOf(node.entries, (entry) => {
    const { rawKey, value, start, end } = entry;
    if (rawKey === undefined || !isUnsupportedKey(rawKey)) return findKey(value, seen);
    return new YamlFault('unsupported key', start, end, { entry });
  });
}

function findNumber(node: Node, seen: Set<Node>): YamlFault | undefined {
  if (seen.has(node)) return undefined;
  seen.add(node);
  switch (node.kind) {
    case 'scalar': {
      const { value, start, end } = node;
      if (typeof value !== 'number' || Number.isFinite(value)) return undefined;
      return new YamlFault('unsupported number', start, end, { node });
    }
    case 'sequence':
      return firstOf(node.items, (item) => findNumber(item, seen));
    case 'mapping':
      return firstOf(node.entries, (entry) => findNumber(entry.value, seen));
  }
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
