import { directionsOf, isNetworkPolicyKind, policiesOf } from '../../src/bundle/network-policies.ts';
import { podNameInside } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require NetworkPolicies for both directions of every Pod',
    why: 'A Pod that is isolated for ingress alone may still send everything that it knows to the outside, and one that is isolated for egress alone may be reached by everybody.',
    help: {
      missing:
        'Add a NetworkPolicy whose podSelector matches the labels of the Pods, with policyTypes: [Ingress, Egress].',
      half: 'Add {{direction}} to policyTypes, with the rules that the Pods need.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
    ],
    covers: ['kube-score/pod-networkpolicy', 'polaris/missingNetworkPolicy'],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'No NetworkPolicy of the input selects {{pod}}.',
      half: 'The NetworkPolicies that select {{pod}} do not cover {{direction}}.',
    },
    yieldsTo: ['pod-isolated'],
  },
  reads: isNetworkPolicyKind,
  check(workload, { bundle, report }) {
    if (bundle.mayHold('NetworkPolicy')) return;
    const place = workload.resource.cursor.at('metadata', 'name');
    const policies = policiesOf(workload, bundle);
    const pod = podNameInside(workload.resource);
    if (policies.length === 0) {
      report(place, 'missing', { pod });
      return;
    }
    const covered = new Set(policies.flatMap(directionsOf));
    for (const direction of ['Ingress', 'Egress'] as const) {
      if (!covered.has(direction)) report(place, 'half', { pod, direction });
    }
  },
});
