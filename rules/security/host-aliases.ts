import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Disallow names of hosts that a Pod sets by itself',
    why: 'Entries of hostAliases go before DNS: a name leads somewhere else in this Pod alone, and nobody who looks at DNS sees it.',
    help: 'Remove hostAliases, and give the name in DNS or with a Service.',
    references: ['https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/'],
    covers: ['trivy/KSV-0007'],
    severity: 'info',
    recommended: false,
    messages: {
      set: '{{pod}} sets hostAliases.',
    },
  },
  check({ resource, podSpec }, { report }) {
    const place = podSpec.at('hostAliases');
    if (place.items().length > 0) report(place, 'set', { pod: podName(resource) });
  },
});
