import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require the service account of every Pod to be in the input',
    why: 'A Pod whose ServiceAccount is not there is not created: the workload stays at 0 Pods, and only its events say why.',
    help: {
      misspelt: 'Change {{account}} to {{suggestion}}.',
      missing: 'Add the ServiceAccount to the chart, or name one that is there.',
    },
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/'],
    covers: ['kube-linter/non-existent-service-account'],
    severity: 'warning',
    recommended: true,
    messages: {
      misspelt: '{{pod}} runs as ServiceAccount {{account}}, which is not in the input (did you mean {{suggestion}}?).',
      missing: '{{pod}} runs as ServiceAccount {{account}}, which is not in the input.',
    },
    options: {
      type: 'object',
      properties: {
        nearMissOnly: {
          type: 'boolean',
          default: false,
          description: 'Report only what the input has something for that is spelt alike.',
        },
      },
    },
  },
  check({ resource, podSpec }, { bundle, options, report }) {
    const own = podSpec.at('serviceAccountName');
    const place = own.string ? own : podSpec.at('serviceAccount');
    const account = place.string ?? '';
    if (account === '' || account === 'default') return;
    if (bundle.find('', 'ServiceAccount', account, resource) !== undefined || bundle.mayHold('ServiceAccount', account))
      return;
    const suggestion = bundle.kindredOf('', 'ServiceAccount', account, resource);
    const data = { pod: podName(resource), account };
    if (suggestion !== undefined) report(place, 'misspelt', { ...data, suggestion });
    else if (!options.nearMissOnly) report(place, 'missing', data);
  },
});
