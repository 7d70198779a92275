import type { Resource } from '../../bundle/resource.ts';
import { loadStructures, type Structures } from '../../kube/structure.ts';
import type { Policy } from '../../policy/policy.ts';

/** The structures of all kinds among some resources; loaded only when a check of the policy asks for them. */
export async function loadStructuresFor(
  resources: readonly Resource[],
  policy: Policy,
): Promise<Structures | undefined> {
  const isNeeded = policy.principles.some(({ checks }) => checks.some(({ rule }) => rule.needsStructures === true));
  return isNeeded && resources.length > 0 ? loadStructures(resources) : undefined;
}
