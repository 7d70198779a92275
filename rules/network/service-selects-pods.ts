import { nearestWorkload } from '../../src/bundle/selected.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === '' && kind === 'Service',
  meta: {
    summary: 'Require every Service to select Pods of the input',
    why: 'A Service whose selector matches no Pod has no endpoints: every connection to it is refused, and nothing else says why.',
    help: {
      misspelt: 'Change {{label}}: {{found}} to {{suggestion}}.',
      nothing: 'Change the selector to labels of a Pod template, or remove the Service.',
    },
    references: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/'],
    covers: ['kube-linter/dangling-service', 'kube-score/service-targets-pod'],
    severity: 'warning',
    recommended: true,
    messages: {
      misspelt: 'Service {{name}} selects Pods with {{label}}: {{found}}, but {{workload}} has {{suggestion}}.',
      nothing: 'Service {{name}} selects no Pod of the input.',
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
  check(service, { bundle, options, report }) {
    const { cursor, name } = service;
    const selector = cursor.at('spec', 'selector');
    // Without a selector somebody else writes its endpoints; an ExternalName leads out of the cluster.
    if (cursor.at('spec', 'type').string === 'ExternalName' || selector.keys().length === 0) return;
    if (bundle.workloadsOf(service).length > 0 || bundle.mayHoldWorkload()) return;
    const meant = nearestWorkload(selector, service, bundle);
    if (meant !== undefined) {
      const { label, found, place, suggestion, workload } = meant;
      const related = [
        { cursor: workload.template.at('metadata', 'labels', label), message: 'The Pods have this label.' },
      ];
      const { kind, name: other } = workload.resource;
      report(place, 'misspelt', { name, label, found, suggestion, workload: `${kind} ${other}` }, { related });
    } else if (!options.nearMissOnly) report(selector, 'nothing', { name });
  },
});
