import { workloadsMatching } from '../../src/bundle/selected.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => (group === 'networking.k8s.io' || group === 'extensions') && kind === 'NetworkPolicy',
  meta: {
    summary: 'Require every NetworkPolicy to select Pods of the input',
    why: 'A NetworkPolicy whose selector matches no Pod protects nothing, although everybody believes that it does.',
    help: 'Change podSelector to labels of a Pod template.',
    references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
    covers: ['kube-linter/dangling-networkpolicy', 'kube-score/networkpolicy-targets-pod'],
    severity: 'info',
    recommended: false,
    messages: {
      nothing: 'NetworkPolicy {{name}} selects no Pod of the input.',
    },
  },
  check(policy, { bundle, report }) {
    const selector = policy.cursor.at('spec', 'podSelector');
    if (!selector.isMapping || bundle.mayHoldWorkload()) return;
    if (workloadsMatching(selector, policy, bundle).length === 0) report(selector, 'nothing', { name: policy.name });
  },
});
