import { compareBytes } from '../value/bytes.ts';

/** `releaseutil.InstallOrder` of Helm 4.1. */
const INSTALL_ORDER = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
];

/** Compares kinds as Helm orders documents: by `INSTALL_ORDER`, then unknown kinds by bytes. For a stable sort. */
export function compareKinds(a: string, b: string): number {
  const first = INSTALL_ORDER.indexOf(a);
  const second = INSTALL_ORDER.indexOf(b);
  if (first === -1 && second === -1) return compareBytes(a, b);
  if (first === -1) return 1;
  return second === -1 ? -1 : first - second;
}
