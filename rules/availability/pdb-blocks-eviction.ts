import type { Bundle } from '../../src/bundle/bundle.ts';
import {
  budgetedBy,
  isBudgetKind,
  isReplicated,
  isScalingKind,
  replicasOf,
  scalersOf,
} from '../../src/bundle/scaling.ts';
import type { Workload } from '../../src/bundle/workload.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: isBudgetKind,
  reads: isScalingKind,
  meta: {
    summary: 'Disallow PodDisruptionBudgets that let no Pod be evicted',
    why: 'A budget that allows no disruption blocks every drain of a node: an upgrade of the cluster waits, or ends with Pods that are killed without notice.',
    help: {
      zero: 'Change {{field}} to 1 or more.',
      all: 'Change minAvailable to less than {{replicas}}, set maxUnavailable: 1 in its place, or raise the replicas of {{workload}}.',
      allPercent: 'Change minAvailable to less than 100%, or set maxUnavailable: 1 in its place.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
      'https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/',
    ],
    covers: ['kube-linter/pdb-max-unavailable', 'kube-linter/pdb-min-available', 'polaris/pdbDisruptionsIsZero'],
    severity: 'warning',
    recommended: true,
    messages: {
      zero: 'PodDisruptionBudget {{name}} has {{field}}: {{found}}: no Pod can be evicted.',
      allPercent: 'PodDisruptionBudget {{name}} has minAvailable: {{found}}: no Pod can be evicted.',
      all: 'PodDisruptionBudget {{name}} has minAvailable: {{found}}, but {{workload}} has {{replicas}}: no Pod can be evicted.',
    },
    options: {
      type: 'object',
      properties: {
        scaled: {
          type: 'boolean',
          default: true,
          description: 'Count the fewest Pods of a workload that is scaled; otherwise such workloads are left out.',
        },
      },
    },
  },
  check(budget, { bundle, options, report }) {
    const { cursor, name } = budget;
    const most = cursor.at('spec', 'maxUnavailable');
    const least = cursor.at('spec', 'minAvailable');
    const isPercent = (place: Cursor, percent: (found: number) => boolean): boolean => {
      const found = /^(\d+)%$/.exec(place.string ?? '')?.[1];
      return found !== undefined && percent(Number(found));
    };
    if (most.number === 0 || isPercent(most, (percent) => percent === 0)) {
      report(most, 'zero', { name, field: 'maxUnavailable', found: most.text ?? '' });
    }
    if (isPercent(least, (percent) => percent >= 100)) {
      report(least, 'allPercent', { name, found: least.text ?? '' });
      return;
    }
    const needed = (replicas: number): number => {
      if (least.number !== undefined) return least.number;
      const percent = /^(\d+)%$/.exec(least.string ?? '')?.[1];
      // Kubernetes rounds up.
      return percent === undefined ? 0 : Math.ceil((Number(percent) * replicas) / 100);
    };
    for (const workload of budgetedBy(budget, bundle)) {
      if (!isReplicated(workload)) continue;
      const count = fewestPods(workload, bundle, options.scaled);
      if (count === undefined || count.number === 0 || needed(count.number) < count.number) continue;
      const { kind, name: workloadName } = workload.resource;
      const replicas = `${count.number} ${count.number === 1 ? 'replica' : 'replicas'}`;
      const data = { name, found: least.text ?? '', workload: `${kind} ${workloadName}`, replicas };
      report(least, 'all', data, { from: [count.place], related: relatedTo(count.place) });
    }
  },
});

/** The fewest Pods that a workload has, and where that is said; undefined when something else decides. */
function fewestPods(
  workload: Workload,
  bundle: Bundle,
  countsScaled: boolean,
): { readonly number: number; readonly place: Cursor } | undefined {
  const written = replicasOf(workload);
  const [scaler] = scalersOf(workload, bundle);
  if (scaler !== undefined) {
    if (!countsScaled) return undefined;
    const { min } = scaler;
    if (!written.exists || written.number === 1)
      return min.exists && min.number === undefined ? undefined : { number: min.number ?? 1, place: min };
  } else if (bundle.mayHold('HorizontalPodAutoscaler')) return undefined;
  if (written.exists && !written.isNull && written.number === undefined) return undefined;
  return { number: written.number ?? 1, place: written };
}

function relatedTo(place: Cursor): { cursor: Cursor; message: string }[] {
  return place.exists ? [{ cursor: place, message: 'The number of Pods is set here.' }] : [];
}
