import { enumerate } from '../../src/text/enumerate.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === '' && kind === 'LimitRange',
  meta: {
    summary: 'Require every LimitRange to limit containers in all ways',
    why: 'A LimitRange that sets a default alone still lets one container ask for the whole node, and one that sets a maximum alone refuses containers that name nothing.',
    help: 'Add {{missing}} to the limit.',
    references: ['https://kubernetes.io/docs/concepts/policy/limit-range/'],
    covers: ['trivy/KSV-0039'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'LimitRange {{name}} has a limit without {{missing}}.',
    },
  },
  check({ cursor, name }, { report }) {
    for (const limit of cursor.at('spec', 'limits').items()) {
      if (!limit.isMapping) continue;
      const missing = ['type', 'max', 'min', 'default', 'defaultRequest'].filter((field) => !limit.at(field).exists);
      if (missing.length > 0) report(limit, 'missing', { name, missing: enumerate(missing) });
    }
  },
});
