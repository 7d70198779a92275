/** A kind whose objects hold a Pod template. */
export interface PodKind {
  readonly group: string;
  readonly kind: string;
  /** Keys from the object's root to what holds the Pod's `metadata` and `spec`; empty for a Pod itself. */
  readonly template: readonly string[];
}

/** Every built-in kind that holds a Pod (Kubernetes API reference, "Workload Resources"). */
export const POD_KINDS: readonly PodKind[] = [
  { group: '', kind: 'Pod', template: [] },
  { group: '', kind: 'PodTemplate', template: ['template'] },
  { group: '', kind: 'ReplicationController', template: ['spec', 'template'] },
  { group: 'apps', kind: 'Deployment', template: ['spec', 'template'] },
  { group: 'apps', kind: 'ReplicaSet', template: ['spec', 'template'] },
  { group: 'apps', kind: 'StatefulSet', template: ['spec', 'template'] },
  { group: 'apps', kind: 'DaemonSet', template: ['spec', 'template'] },
  { group: 'batch', kind: 'Job', template: ['spec', 'template'] },
  { group: 'batch', kind: 'CronJob', template: ['spec', 'jobTemplate', 'spec', 'template'] },
];

/** Kinds whose Pods run to completion: Kubernetes restarts nothing when their configuration changes. */
export function runsToCompletion(group: string, kind: string): boolean {
  return group === 'batch' && (kind === 'Job' || kind === 'CronJob');
}
