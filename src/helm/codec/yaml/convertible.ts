import { formatFloat, SHORTEST } from '../../go/float.ts';
import { printGoSyntax, printKey } from './go-syntax.ts';
import { isUnsupportedKey, keyType } from './key.ts';
import type { Node } from './node.ts';
import { YamlError } from './yaml-error.ts';

/**
 * What sigs.k8s.io/yaml refuses when it turns a document into JSON. (It looks at the entries of a map in random order;
 * here the first in the text is the one that is named.)
 */
export function findUnconvertible(root: Node): YamlError | undefined {
  return findKey(root, new Set()) ?? findNumber(root, new Set());
}

function findKey(node: Node, seen: Set<Node>): YamlError | undefined {
  if (node.kind === 'scalar' || seen.has(node)) return undefined;
  seen.add(node);
  if (node.kind === 'sequence') return firstOf(node.items, (item) => findKey(item, seen));
  return firstOf(node.entries, ({ rawKey, value, start, end }) => {
    if (rawKey === undefined || !isUnsupportedKey(rawKey)) return findKey(value, seen);
    const pair = `key: ${printKey(rawKey)}, value: ${printGoSyntax(value)}`;
    return new YamlError(`unsupported map key of type: ${keyType(rawKey)}, ${pair}`, start, end);
  });
}

function findNumber(node: Node, seen: Set<Node>): YamlError | undefined {
  if (seen.has(node)) return undefined;
  seen.add(node);
  switch (node.kind) {
    case 'scalar': {
      const { value, start, end } = node;
      if (typeof value !== 'number' || Number.isFinite(value)) return undefined;
      return new YamlError(`json: unsupported value: ${formatFloat(value, 'g', SHORTEST)}`, start, end);
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
