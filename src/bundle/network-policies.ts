import type { Bundle } from './bundle.ts';
import type { Resource } from './resource.ts';
import { workloadsMatching } from './selected.ts';
import type { Workload } from './workload.ts';

/** The API groups of NetworkPolicies: the second was removed in Kubernetes 1.16. */
const GROUPS = ['networking.k8s.io', 'extensions'];

const INDEXES = new WeakMap<Bundle, Map<Workload, Resource[]>>();

/** Whether a kind is a NetworkPolicy. */
export function isNetworkPolicyKind(group: string, kind: string): boolean {
  return kind === 'NetworkPolicy' && GROUPS.includes(group);
}

/** The NetworkPolicies of the input that select the Pods of a workload. */
export function policiesOf(workload: Workload, bundle: Bundle): readonly Resource[] {
  let index = INDEXES.get(bundle);
  if (index === undefined) {
    index = new Map();
    for (const policy of GROUPS.flatMap((group) => bundle.ofKind(group, 'NetworkPolicy'))) {
      for (const selected of workloadsMatching(policy.cursor.at('spec', 'podSelector'), policy, bundle)) {
        const others = index.get(selected);
        if (others === undefined) index.set(selected, [policy]);
        else others.push(policy);
      }
    }
    INDEXES.set(bundle, index);
  }
  return index.get(workload) ?? [];
}

/**
 * The directions for which a NetworkPolicy isolates Pods: those of `policyTypes`; without any, ingress always, and egress
 * when it has rules for it (Kubernetes API reference, "NetworkPolicySpec").
 */
export function directionsOf({ cursor }: Resource): ('Ingress' | 'Egress')[] {
  const spec = cursor.at('spec');
  const types = spec.at('policyTypes').items();
  if (types.length === 0) return spec.at('egress').items().length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  return types.flatMap(({ string }) => (string === 'Ingress' || string === 'Egress' ? [string] : []));
}
