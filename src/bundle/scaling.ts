import type { Cursor } from '../yaml/cursor.ts';
import type { Bundle } from './bundle.ts';
import type { Resource } from './resource.ts';
import { workloadsMatching } from './selected.ts';
import type { Workload } from './workload.ts';

/** Kinds whose Pods are counted in `spec.replicas`, by API group. */
const REPLICATED: Readonly<Record<string, readonly string[]>> = {
  // With `apiVersion: v1` the others are refused, and still are what they were meant to be.
  '': ['ReplicationController', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DeploymentConfig'],
  apps: ['Deployment', 'ReplicaSet', 'StatefulSet'],
  extensions: ['Deployment', 'ReplicaSet'],
  'argoproj.io': ['Rollout'],
  'apps.openshift.io': ['DeploymentConfig'],
  'apps.kruise.io': ['CloneSet', 'StatefulSet'],
};

/** Something that changes the number of a workload's Pods. */
export interface Scaler {
  readonly resource: Resource;
  /** On the fewest Pods that it leaves, there or not. */
  readonly min: Cursor;
}

/** Whether a kind is a PodDisruptionBudget, with `apiVersion: v1` by mistake, too. */
export function isBudgetKind(group: string, kind: string): boolean {
  return (group === 'policy' || group === '') && kind === 'PodDisruptionBudget';
}

/** Kinds that scale workloads or say how many of their Pods may be away. */
export function isScalingKind(group: string, kind: string): boolean {
  return (
    isBudgetKind(group, kind) ||
    (group === 'autoscaling' && kind === 'HorizontalPodAutoscaler') ||
    (group === 'keda.sh' && kind === 'ScaledObject')
  );
}

/** Whether a workload says in `spec.replicas` how many Pods it has. */
export function isReplicated({ resource }: Workload): boolean {
  return REPLICATED[resource.group]?.includes(resource.kind) ?? false;
}

/** Where a workload says how many Pods it has, there or not. */
export function replicasOf({ resource }: Workload): Cursor {
  return resource.cursor.at('spec', 'replicas');
}

/** What belongs to workloads and refers to them, made once for each bundle. */
interface ScalingIndex {
  readonly scalers: ReadonlyMap<string, readonly Scaler[]>;
  readonly budgets: ReadonlyMap<Workload, readonly Resource[]>;
}

const INDEXES = new WeakMap<Bundle, ScalingIndex>();

/** The HorizontalPodAutoscalers, and KEDA's ScaledObjects, of the input that scale a workload. */
export function scalersOf({ resource }: Workload, bundle: Bundle): readonly Scaler[] {
  const found = indexOf(bundle).scalers.get(targetKey(resource.kind, resource.name)) ?? [];
  return found.filter((scaler) => bundle.sharesNamespace(scaler.resource, resource));
}

/** The PodDisruptionBudgets of the input that select the Pods of a workload. */
export function budgetsOf(workload: Workload, bundle: Bundle): readonly Resource[] {
  return indexOf(bundle).budgets.get(workload) ?? [];
}

/** The workloads of the input whose Pods a PodDisruptionBudget selects. */
export function budgetedBy(budget: Resource, bundle: Bundle): Workload[] {
  return workloadsMatching(budget.cursor.at('spec', 'selector'), budget, bundle);
}

function indexOf(bundle: Bundle): ScalingIndex {
  const known = INDEXES.get(bundle);
  if (known !== undefined) return known;
  const scalers = new Map<string, Scaler[]>();
  const add = (resource: Resource, min: Cursor): void => {
    const target = resource.cursor.at('spec', 'scaleTargetRef');
    // KEDA's default; an HPA without a kind is refused.
    const key = targetKey(target.at('kind').string ?? 'Deployment', target.at('name').string ?? '');
    const others = scalers.get(key);
    if (others === undefined) scalers.set(key, [{ resource, min }]);
    else others.push({ resource, min });
  };
  for (const hpa of bundle.ofKind('autoscaling', 'HorizontalPodAutoscaler'))
    add(hpa, hpa.cursor.at('spec', 'minReplicas'));
  for (const scaled of bundle.ofKind('keda.sh', 'ScaledObject'))
    add(scaled, scaled.cursor.at('spec', 'minReplicaCount'));
  const budgets = new Map<Workload, Resource[]>();
  for (const budget of ['policy', ''].flatMap((group) => bundle.ofKind(group, 'PodDisruptionBudget'))) {
    for (const workload of budgetedBy(budget, bundle))
      budgets.set(workload, [...(budgets.get(workload) ?? []), budget]);
  }
  const index = { scalers, budgets };
  INDEXES.set(bundle, index);
  return index;
}

function targetKey(kind: string, name: string): string {
  return `${kind.toLowerCase()}\0${name}`;
}
