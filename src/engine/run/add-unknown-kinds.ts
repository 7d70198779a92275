import type { UnknownKind } from '../result.ts';

/** What several units found, kind by kind. */
export function addUnknownKinds(all: readonly UnknownKind[]): UnknownKind[] {
  const byKind = new Map<string, UnknownKind>();
  for (const each of all) {
    const key = `${each.apiVersion} ${each.kind}`;
    byKind.set(key, { ...each, resources: each.resources + (byKind.get(key)?.resources ?? 0) });
  }
  return [...byKind.values()];
}
