import { requireHeap } from '../../memory/require-heap.ts';
import type { Resource } from '../../bundle/resource.ts';
import type { SourceText } from '../../text/source.ts';

/** Beyond this many, the files are not environments of one application: each is then on its own, and cost is linear. */
const MANY_GROUPS = 16;
const MUCH_WORK = 200_000;

/**
 * Splits resources into those that can stand side by side in one cluster. Files that define the same object, as the
 * manifests of two environments do, go into different groups, in the order of the input; files that conflict with no
 * other belong to every group.
 */
export function splitConflicting(resources: readonly Resource[]): Resource[][] {
  const byFile = new Map<SourceText, Resource[]>();
  const filesOf = new Map<string, Set<SourceText>>();
  for (const resource of resources) {
    requireHeap();
    const own = byFile.get(resource.source);
    if (own === undefined) byFile.set(resource.source, [resource]);
    else own.push(resource);
    if (resource.name === '') continue;
    const identity = objectKey(resource);
    const files = filesOf.get(identity);
    if (files === undefined) filesOf.set(identity, new Set([resource.source]));
    else files.add(resource.source);
  }
  if (byFile.size <= 1) return resources.length === 0 ? [] : [[...resources]];

  const conflicting = new Set<SourceText>();
  for (const files of filesOf.values()) if (files.size > 1) for (const file of files) conflicting.add(file);
  const shared = [...byFile].filter(([file]) => !conflicting.has(file)).flatMap(([, own]) => own);
  if (conflicting.size === 0) return [shared];

  const groups: { identities: Set<string>; resources: Resource[] }[] = [];
  for (const [file, own] of byFile) {
    if (!conflicting.has(file)) continue;
    const identities = own.map(objectKey);
    let group = groups.find((candidate) => !identities.some((identity) => candidate.identities.has(identity)));
    if (group === undefined) {
      if (groups.length === MANY_GROUPS) return standAlone(byFile, conflicting, shared);
      group = { identities: new Set(), resources: [...shared] };
      groups.push(group);
    }
    for (const identity of identities) group.identities.add(identity);
    for (const resource of own) group.resources.push(resource);
  }
  return groups.map((group) => group.resources);
}

/** Each conflicting file by itself, with what all share as long as that does not multiply the work. */
function standAlone(
  byFile: ReadonlyMap<SourceText, Resource[]>,
  conflicting: ReadonlySet<SourceText>,
  shared: readonly Resource[],
): Resource[][] {
  if (conflicting.size * shared.length > MUCH_WORK) return [...byFile.values()];
  return [...conflicting].map((file) => [...shared, ...(byFile.get(file) ?? [])]);
}

function objectKey({ group, kind, namespace, name }: Resource): string {
  return [group, kind, namespace ?? '', name].join('\0');
}
