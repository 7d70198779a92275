import { workloadsMatching } from '../../src/bundle/selected.ts';
import { defineRule } from '../../src/rule/rule.ts';

/** The lists of a NetworkPolicy, where the peers of an item stand, and the word for it. */
const DIRECTIONS = [
  ['ingress', 'from', 'from'],
  ['egress', 'to', 'to'],
] as const;

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => (group === 'networking.k8s.io' || group === 'extensions') && kind === 'NetworkPolicy',
  meta: {
    summary: 'Require the peers of a NetworkPolicy to be Pods of the input',
    why: 'A peer whose selector matches no Pod allows nobody: the connection that was meant is refused.',
    help: 'Change podSelector to labels of a Pod template, or add a namespaceSelector when the Pods are in another namespace.',
    references: [
      'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
    ],
    covers: ['kube-linter/dangling-networkpolicypeer-podselector'],
    severity: 'info',
    recommended: false,
    messages: {
      nothing: 'NetworkPolicy {{name}} allows traffic {{direction}} Pods that the input does not have.',
    },
  },
  check(policy, { bundle, report }) {
    if (bundle.mayHoldWorkload()) return;
    for (const [list, field, direction] of DIRECTIONS) {
      for (const peer of policy.cursor
        .at('spec', list)
        .items()
        .flatMap((rule) => rule.at(field).items())) {
        const selector = peer.at('podSelector');
        if (!selector.isMapping || peer.at('namespaceSelector').exists || peer.at('ipBlock').exists) continue;
        if (workloadsMatching(selector, policy, bundle).length > 0) continue;
        report(selector, 'nothing', { name: policy.name, direction });
      }
    }
  },
});
