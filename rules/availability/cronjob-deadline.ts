import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === 'batch' && kind === 'CronJob',
  meta: {
    summary: 'Require every CronJob to give up a late start',
    why: 'Without startingDeadlineSeconds a CronJob that could not start for a while counts its missed starts; after 100 of them it does not start any more.',
    help: 'Add startingDeadlineSeconds to the spec of the CronJob: the seconds by which a start may be late.',
    references: ['https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline'],
    covers: ['kube-score/cronjob-has-deadline'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'CronJob {{name}} has no startingDeadlineSeconds.',
    },
  },
  check({ cursor, name }, { report }) {
    const place = cursor.at('spec', 'startingDeadlineSeconds');
    if (!place.exists || place.isNull) report(place, 'missing', { name });
  },
});
