/** A kind whose objects hold a Pod template. */
export interface PodKind {
  readonly group: string;
  readonly kind: string;
  /** Keys from the object's root to what holds the Pod's `metadata` and `spec`; empty for a Pod itself. */
  readonly template: readonly string[];
  /** `workflow`: there stands the specification of an Argo workflow, whose templates are a Pod each. */
  readonly form?: 'workflow';
}

/** Every built-in kind that holds a Pod (Kubernetes API reference, "Workload Resources"). */
const BUILT_IN: readonly PodKind[] = [
  { group: '', kind: 'Pod', template: [] },
  { group: '', kind: 'PodTemplate', template: ['template'] },
  { group: '', kind: 'ReplicationController', template: ['spec', 'template'] },
  { group: 'apps', kind: 'Deployment', template: ['spec', 'template'] },
  { group: 'apps', kind: 'ReplicaSet', template: ['spec', 'template'] },
  { group: 'apps', kind: 'StatefulSet', template: ['spec', 'template'] },
  { group: 'apps', kind: 'DaemonSet', template: ['spec', 'template'] },
  { group: 'batch', kind: 'Job', template: ['spec', 'template'] },
  { group: 'batch', kind: 'CronJob', template: ['spec', 'jobTemplate', 'spec', 'template'] },
  // Removed in 1.16; a workload of an old chart is still one.
  { group: 'extensions', kind: 'Deployment', template: ['spec', 'template'] },
  { group: 'extensions', kind: 'ReplicaSet', template: ['spec', 'template'] },
  { group: 'extensions', kind: 'DaemonSet', template: ['spec', 'template'] },
];

/** The same with `apiVersion: v1`, a common slip: the API server refuses it, and it is still what it was meant to be. */
const MISPLACED: readonly PodKind[] = BUILT_IN.filter(({ group }) => group === 'apps' || group === 'batch').map(
  (podKind) => ({ ...podKind, group: '' }),
);

/** Custom resources in wide use that hold a Pod, as their definitions have it; a policy may declare others. */
const CUSTOM: readonly PodKind[] = [
  { group: 'argoproj.io', kind: 'Rollout', template: ['spec', 'template'] },
  { group: 'argoproj.io', kind: 'Workflow', template: ['spec'], form: 'workflow' },
  { group: 'argoproj.io', kind: 'WorkflowTemplate', template: ['spec'], form: 'workflow' },
  { group: 'argoproj.io', kind: 'ClusterWorkflowTemplate', template: ['spec'], form: 'workflow' },
  { group: 'argoproj.io', kind: 'CronWorkflow', template: ['spec', 'workflowSpec'], form: 'workflow' },
  { group: 'serving.knative.dev', kind: 'Service', template: ['spec', 'template'] },
  { group: 'serving.knative.dev', kind: 'Configuration', template: ['spec', 'template'] },
  { group: 'apps.openshift.io', kind: 'DeploymentConfig', template: ['spec', 'template'] },
  // OpenShift's old version of it.
  { group: '', kind: 'DeploymentConfig', template: ['spec', 'template'] },
  { group: 'keda.sh', kind: 'ScaledJob', template: ['spec', 'jobTargetRef', 'template'] },
  { group: 'apps.kruise.io', kind: 'CloneSet', template: ['spec', 'template'] },
  { group: 'apps.kruise.io', kind: 'StatefulSet', template: ['spec', 'template'] },
  { group: 'apps.kruise.io', kind: 'DaemonSet', template: ['spec', 'template'] },
];

export const POD_KINDS: readonly PodKind[] = [...BUILT_IN, ...MISPLACED, ...CUSTOM];

/** Kinds whose Pods run to completion: Kubernetes restarts nothing when their configuration changes. */
export function runsToCompletion(group: string, kind: string): boolean {
  switch (group) {
    case '':
    case 'batch':
      return kind === 'Job' || kind === 'CronJob';
    case 'keda.sh':
      return kind === 'ScaledJob';
    case 'argoproj.io':
      return kind.endsWith('Workflow') || kind.endsWith('WorkflowTemplate');
    default:
      return false;
  }
}
