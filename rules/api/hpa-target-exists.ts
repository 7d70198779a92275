import { apiGroupOf } from '../../src/kube/api-group.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === 'autoscaling' && kind === 'HorizontalPodAutoscaler',
  meta: {
    summary: 'Require the target of every HorizontalPodAutoscaler to be in the input',
    why: 'An autoscaler whose target is not there scales nothing, and only its status says so.',
    help: {
      misspelt: 'Change {{target}} to {{suggestion}}.',
      missing: 'Change scaleTargetRef to a workload of the chart.',
    },
    references: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
    covers: ['kube-linter/dangling-horizontalpodautoscaler', 'kube-score/horizontalpodautoscaler-has-target'],
    severity: 'warning',
    recommended: true,
    messages: {
      misspelt:
        'HorizontalPodAutoscaler {{name}} scales {{kind}} {{target}}, which is not in the input (did you mean {{suggestion}}?).',
      missing: 'HorizontalPodAutoscaler {{name}} scales {{kind}} {{target}}, which is not in the input.',
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
  check(hpa, { bundle, options, report }) {
    const reference = hpa.cursor.at('spec', 'scaleTargetRef');
    const place = reference.at('name');
    const target = place.string ?? '';
    const kind = reference.at('kind').string ?? '';
    const group = apiGroupOf(reference.at('apiVersion').string ?? '');
    // A kind without a Pod may be scaled as well; nothing of it is built here.
    if (target === '' || !bundle.isWorkloadKind(group, kind) || bundle.mayHold(kind, target)) return;
    if (bundle.find(group, kind, target, hpa) !== undefined) return;
    const suggestion = bundle.kindredOf(group, kind, target, hpa);
    const data = { name: hpa.name, kind, target };
    if (suggestion !== undefined) report(place, 'misspelt', { ...data, suggestion });
    else if (!options.nearMissOnly) report(place, 'missing', data);
  },
});
