import { isNetworkPolicyKind, policiesOf } from '../../src/bundle/network-policies.ts';
import { podNameInside } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require a NetworkPolicy for every Pod',
    why: 'A Pod that no NetworkPolicy selects may be reached by every other Pod of the cluster, and may reach everything.',
    help: 'Add a NetworkPolicy whose podSelector matches the labels of the Pods.',
    references: [
      'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
    ],
    covers: ['kube-linter/non-isolated-pod', 'checkov/CKV2_K8S_6'],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'No NetworkPolicy of the input selects {{pod}}.',
    },
  },
  reads: isNetworkPolicyKind,
  check(workload, { bundle, report }) {
    if (policiesOf(workload, bundle).length > 0 || bundle.mayHold('NetworkPolicy')) return;
    report(workload.resource.cursor.at('metadata', 'name'), 'missing', { pod: podNameInside(workload.resource) });
  },
});
