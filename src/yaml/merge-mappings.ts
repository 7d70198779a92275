import type { Entry, MappingNode } from './node.ts';

/** What Helm makes of the documents of a values file: the later mapping wins, key by key and as deep as both are one. */
export function mergeMappings(first: MappingNode, second: MappingNode): MappingNode {
  const merged = new Map<string, Entry>(first.entries.map((entry) => [entry.key, entry]));
  for (const entry of second.entries) {
    const known = merged.get(entry.key)?.value;
    const { value } = entry;
    const areMappings = known?.kind === 'mapping' && value.kind === 'mapping';
    merged.set(entry.key, areMappings ? { ...entry, value: mergeMappings(known, value) } : entry);
  }
  return { ...second, entries: [...merged.values()] };
}
