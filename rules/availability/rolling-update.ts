import { defineRule } from '../../src/rule/rule.ts';

/** Where a workload says how its Pods are replaced. */
const STRATEGIES: Readonly<Record<string, string | undefined>> = {
  Deployment: 'strategy',
  DeploymentConfig: 'strategy',
  StatefulSet: 'updateStrategy',
  DaemonSet: 'updateStrategy',
};

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require updates to replace Pods one after the other',
    why: 'With Recreate all Pods are removed before the first new one starts, and with OnDelete an update changes nothing until somebody deletes Pods.',
    help: 'Change {{field}}.type to RollingUpdate, or remove it.',
    references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy'],
    covers: ['kube-linter/no-rolling-update-strategy', 'kube-score/deployment-strategy'],
    severity: 'info',
    recommended: false,
    messages: {
      other: '{{workload}} has {{field}}.type: {{found}}.',
    },
    options: {
      type: 'object',
      properties: {
        accepted: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Other types that are accepted.',
        },
      },
    },
  },
  isSubject: ({ resource }) => STRATEGIES[resource.kind] !== undefined,
  check({ resource }, { options, report }) {
    const field = STRATEGIES[resource.kind] ?? '';
    const place = resource.cursor.at('spec', field, 'type');
    const found = place.string ?? '';
    if (found === '' || found === 'RollingUpdate' || options.accepted.includes(found)) return;
    report(place, 'other', { workload: `${resource.kind} ${resource.name}`, field, found });
  },
});
