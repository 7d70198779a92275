import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require DNS options of Pods',
    why: 'With the default of five dots each name of the outside is looked up in every search domain first: several requests in place of one.',
    help: 'Add { name: {{option}}, value: "{{value}}" } to dnsConfig.options of the Pod.',
    references: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config'],
    covers: ['kube-linter/dnsconfig-options'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: '{{pod}} has no dnsConfig option {{option}}: {{value}}.',
      other: '{{pod}} has the dnsConfig option {{option}}: {{found}}; expected {{value}}.',
    },
    options: {
      type: 'object',
      properties: {
        name: { type: 'string', default: 'ndots', description: 'The name of the option.' },
        value: { type: 'string', default: '2', description: 'Its value.' },
      },
    },
  },
  check({ resource, podSpec }, { options, report }) {
    const data = { pod: podName(resource), option: options.name, value: options.value };
    const list = podSpec.at('dnsConfig', 'options');
    const option = list.items().find((item) => item.at('name').string === options.name);
    if (option === undefined) report(list, 'missing', data);
    else if (option.at('value').text !== options.value)
      report(option.at('value'), 'other', { ...data, found: option.at('value').text ?? 'no value' });
  },
});
