import { podNameInside } from '../../src/bundle/workload.ts';
import { labelsOf, matchesSelector } from '../../src/kube/label-selector.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require a topology spread that spreads something',
    why: 'A constraint without a labelSelector counts no Pods, and one with a field that is out of range is refused: the Pods are not spread, or not created.',
    help: {
      noSelector: 'Add a labelSelector that matches the labels of the Pods.',
      other: 'Change the labelSelector to labels that the Pods have.',
      invalid: 'Write {{expected}}.',
    },
    references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],
    covers: ['kube-score/pod-topology-spread-constraints'],
    severity: 'warning',
    recommended: true,
    messages: {
      noSelector: 'A topologySpreadConstraint of {{pod}} has no labelSelector: it counts no Pods.',
      other:
        'A topologySpreadConstraint of {{pod}} has a labelSelector that does not match its own labels: it counts other Pods.',
      invalid: 'A topologySpreadConstraint of {{pod}} has {{found}}; expected {{expected}}.',
    },
    yieldsTo: ['schema-valid'],
  },
  check({ podSpec, resource, template }, { report }) {
    const pod = podNameInside(resource);
    const labels = labelsOf(template.at('metadata', 'labels'));
    for (const item of podSpec.at('topologySpreadConstraints').items()) {
      if (!item.isMapping) continue;
      const selector = item.at('labelSelector');
      if (!selector.exists || selector.isNull) report(selector, 'noSelector', { pod });
      else if (selector.isMapping && !matchesSelector(selector, labels)) report(selector, 'other', { pod });
      for (const field of ['maxSkew', 'minDomains']) {
        const place = item.at(field);
        if (place.number !== undefined && place.number < 1) {
          report(place, 'invalid', { pod, found: `${field}: ${place.number}`, expected: `a ${field} of 1 or more` });
        }
      }
      const key = item.at('topologyKey');
      if (!key.exists || key.isNull || key.string === '') {
        report(key, 'invalid', { pod, found: 'no topologyKey', expected: 'the name of a label that nodes have' });
      }
      const action = item.at('whenUnsatisfiable');
      if (!['DoNotSchedule', 'ScheduleAnyway'].includes(action.string ?? '')) {
        const found = action.exists ? `whenUnsatisfiable: ${action.text ?? ''}` : 'no whenUnsatisfiable';
        report(action, 'invalid', { pod, found, expected: 'whenUnsatisfiable: DoNotSchedule or ScheduleAnyway' });
      }
    }
  },
});
