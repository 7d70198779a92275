import { enumerate } from '../../src/text/enumerate.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === '' && kind === 'ResourceQuota',
  meta: {
    summary: 'Require every ResourceQuota to limit CPU and memory',
    why: 'A quota that counts objects alone lets one namespace take all CPU and memory of the cluster.',
    help: 'Add {{missing}} to hard.',
    references: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/'],
    covers: ['trivy/KSV-0040'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'ResourceQuota {{name}} does not limit {{missing}}.',
    },
  },
  check({ cursor, name }, { report }) {
    const hard = cursor.at('spec', 'hard');
    const missing = ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'].filter(
      (field) => !hard.at(field).exists,
    );
    if (missing.length > 0) report(hard, 'missing', { name, missing: enumerate(missing) });
  },
});
