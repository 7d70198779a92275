import { compareBytes } from '../value/bytes.ts';

/**
 * The order in which Helm parses and executes the templates of all charts: the deepest paths first, and those of one
 * depth from the last to the first by bytes (Helm 4.1.4, pkg/engine, sortTemplates).
 */
export function inFileOrder(names: Iterable<string>): string[] {
  return Array.from(names, (name) => ({ name, depth: name.split('/').length }))
    .sort((a, b) => b.depth - a.depth || compareBytes(b.name, a.name))
    .map(({ name }) => name);
}
