import type { Resource } from '../../bundle/resource.ts';
import type { Verdicts } from '../../kube/verdict.ts';
import type { UnknownKind } from '../result.ts';

/** The kinds of which there is no schema. A resource that several environments have counts once. */
export function countUnknownKinds(resources: readonly Resource[], verdicts: Verdicts): UnknownKind[] {
  const kinds = new Map<string, { apiVersion: string; kind: string; objects: Set<string> }>();
  for (const { apiVersion, kind, namespace = '', name } of resources) {
    if (!verdicts.isUnknown(apiVersion, kind)) continue;
    const key = `${apiVersion} ${kind}`;
    const known = kinds.get(key) ?? { apiVersion, kind, objects: new Set() };
    kinds.set(key, known);
    known.objects.add(`${namespace}/${name}`);
  }
  return [...kinds.values()].map(({ apiVersion, kind, objects }) => ({ apiVersion, kind, resources: objects.size }));
}
