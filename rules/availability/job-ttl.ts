import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require finished Jobs to be removed',
    why: 'A finished Job and its Pods stay in the cluster until somebody deletes them. Those of a CronJob are removed by its history limits; a ttl there takes their logs away early.',
    help: {
      missing: 'Add ttlSecondsAfterFinished to the spec of the Job.',
      early:
        'Remove ttlSecondsAfterFinished, and set successfulJobsHistoryLimit and failedJobsHistoryLimit of the CronJob.',
    },
    references: ['https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/'],
    covers: ['kube-linter/job-ttl-seconds-after-finished'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'Job {{name}} has no ttlSecondsAfterFinished.',
      early: 'CronJob {{name}} sets ttlSecondsAfterFinished, although it removes its Jobs itself.',
    },
  },
  isSubject: ({ resource: { group, kind } }) => group === 'batch' && (kind === 'Job' || kind === 'CronJob'),
  check({ resource }, { report }) {
    const { cursor, kind, name } = resource;
    if (kind === 'CronJob') {
      const place = cursor.at('spec', 'jobTemplate', 'spec', 'ttlSecondsAfterFinished');
      if (place.exists && !place.isNull) report(place, 'early', { name });
      return;
    }
    // Helm removes such a hook itself.
    if (cursor.at('metadata', 'annotations', 'helm.sh/hook-delete-policy').exists) return;
    const place = cursor.at('spec', 'ttlSecondsAfterFinished');
    if (!place.exists || place.isNull) report(place, 'missing', { name });
  },
});
