import { apiGroupOf } from '../kube/api-group.ts';
import type { Resource } from './resource.ts';

/**
 * The objects that another object of the input made, as a cluster's dump has them: the ReplicaSet of a Deployment and its
 * Pods. What is wrong with them is wrong in their owner (https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/).
 * @param isWorkload whether an object holds a Pod: what is in one that does not, such as a Prometheus or a Node, does not
 *   show in its owner
 */
export function findOwned(resources: readonly Resource[], isWorkload: (resource: Resource) => boolean): Set<Resource> {
  const owned = new Set<Resource>();
  const withOwners = resources.filter(({ cursor }) => cursor.at('metadata', 'ownerReferences').items().length > 0);
  if (withOwners.length === 0) return owned;
  const byName = new Map<string, Resource[]>();
  for (const resource of resources) {
    const key = nameKey(resource.kind, resource.name);
    const others = byName.get(key);
    if (others === undefined) byName.set(key, [resource]);
    else others.push(resource);
  }
  const ownerOf = new Map<Resource, Resource>();
  for (const resource of withOwners) {
    const owner = findOwner(resource, byName);
    if (owner !== undefined && (!isWorkload(resource) || isWorkload(owner))) ownerOf.set(resource, owner);
  }
  for (const resource of ownerOf.keys()) if (!isInCircle(resource, ownerOf)) owned.add(resource);
  return owned;
}

function findOwner(owned: Resource, byName: ReadonlyMap<string, readonly Resource[]>): Resource | undefined {
  for (const reference of owned.cursor.at('metadata', 'ownerReferences').items()) {
    const candidates = byName.get(nameKey(reference.at('kind').string ?? '', reference.at('name').text ?? '')) ?? [];
    const group = apiGroupOf(reference.at('apiVersion').string ?? '');
    const uid = reference.at('uid').text;
    const owner = candidates.find((candidate) => {
      const own = candidate.cursor.at('metadata', 'uid').text;
      // An object of the same name may have taken the place of the owner.
      const isSame = uid === undefined || own === undefined || uid === own;
      const isNear = candidate.namespace === undefined || candidate.namespace === owned.namespace;
      return candidate !== owned && candidate.group === group && isSame && isNear;
    });
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** No object of a circle would be looked at. */
function isInCircle(start: Resource, ownerOf: ReadonlyMap<Resource, Resource>): boolean {
  const seen = new Set<Resource>();
  let at: Resource | undefined = start;
  while (at !== undefined) {
    if (seen.has(at)) return true;
    seen.add(at);
    at = ownerOf.get(at);
  }
  return false;
}

function nameKey(kind: string, name: string): string {
  return `${kind}\0${name}`;
}
