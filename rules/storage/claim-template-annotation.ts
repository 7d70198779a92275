import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require an annotation of the volume claim templates of StatefulSets',
    why: 'Backup and storage tools find the volumes of a program by annotations of their claims; those of a StatefulSet cannot be changed later.',
    help: 'Add {{annotation}} to metadata.annotations of the claim template.',
    references: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates'],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'The volume claim template {{claim}} of StatefulSet {{name}} has no annotation {{annotation}}.',
    },
    options: {
      type: 'object',
      properties: {
        annotation: { type: 'string', description: 'The annotation.' },
      },
      required: ['annotation'],
    },
  },
  isSubject: ({ resource: { kind } }) => kind === 'StatefulSet',
  check({ resource }, { options, report }) {
    const { annotation } = options;
    for (const claim of resource.cursor.at('spec', 'volumeClaimTemplates').items()) {
      const place = claim.at('metadata', 'annotations', annotation);
      const data = { claim: claim.at('metadata', 'name').text ?? '', name: resource.name, annotation };
      if (!place.exists || place.isNull) report(place, 'missing', data);
    }
  },
});
