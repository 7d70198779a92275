import type { Check } from './field.ts';

/**
 * What validates the objects of each kind, and is loaded when one of its kind is there. A kind of several API versions
 * is listed with each of them.
 */
const LOADERS: Readonly<Record<string, () => Promise<Check>>> = {
  'v1 Pod': async () => (await import('./pod.ts')).pod,
  'v1 PodTemplate': async () => (await import('./pod.ts')).podTemplate,
  'v1 ReplicationController': async () => (await import('./workload.ts')).replicationController,
  'apps/v1 Deployment': async () => (await import('./workload.ts')).deployment,
  'apps/v1 ReplicaSet': async () => (await import('./workload.ts')).replicaSet,
  'apps/v1 StatefulSet': async () => (await import('./workload.ts')).statefulSet,
  'apps/v1 DaemonSet': async () => (await import('./workload.ts')).daemonSet,
  'apps/v1 ControllerRevision': async () => (await import('./workload.ts')).controllerRevision,
  'batch/v1 Job': async () => (await import('./batch.ts')).job,
  'batch/v1 CronJob': async () => (await import('./batch.ts')).cronJob,
  'v1 Service': async () => (await import('./service.ts')).service,
  'v1 Endpoints': async () => (await import('./endpoints.ts')).endpoints,
  'discovery.k8s.io/v1 EndpointSlice': async () => (await import('./endpoints.ts')).endpointSlice,
  'networking.k8s.io/v1 Ingress': async () => (await import('./ingress.ts')).ingress,
  'networking.k8s.io/v1 IngressClass': async () => (await import('./ingress.ts')).ingressClass,
  'networking.k8s.io/v1 NetworkPolicy': async () => (await import('./network-policy.ts')).networkPolicy,
  'networking.k8s.io/v1 IPAddress': async () => (await import('./cluster-network.ts')).ipAddressObject,
  'networking.k8s.io/v1 ServiceCIDR': async () => (await import('./cluster-network.ts')).serviceCidr,
  'autoscaling/v1 HorizontalPodAutoscaler': async () => (await import('./autoscaling.ts')).horizontalPodAutoscalerV1,
  'autoscaling/v2 HorizontalPodAutoscaler': async () => (await import('./autoscaling.ts')).horizontalPodAutoscaler,
  'policy/v1 PodDisruptionBudget': async () => (await import('./disruption.ts')).podDisruptionBudget,
  'v1 ConfigMap': async () => (await import('./config.ts')).configMap,
  'v1 Secret': async () => (await import('./config.ts')).secret,
  'v1 ServiceAccount': async () => (await import('./config.ts')).serviceAccount,
  'v1 Namespace': async () => (await import('./config.ts')).namespace,
  'v1 PersistentVolumeClaim': async () => (await import('./claim.ts')).persistentVolumeClaim,
  'v1 PersistentVolume': async () => (await import('./persistent-volume.ts')).persistentVolume,
  'v1 LimitRange': async () => (await import('./quota.ts')).limitRange,
  'v1 ResourceQuota': async () => (await import('./quota.ts')).resourceQuota,
  'storage.k8s.io/v1 StorageClass': async () => (await import('./storage.ts')).storageClass,
  'storage.k8s.io/v1 CSIDriver': async () => (await import('./storage.ts')).csiDriver,
  'storage.k8s.io/v1 CSINode': async () => (await import('./storage.ts')).csiNode,
  'storage.k8s.io/v1 CSIStorageCapacity': async () => (await import('./storage.ts')).csiStorageCapacity,
  'storage.k8s.io/v1 VolumeAttachment': async () => (await import('./storage.ts')).volumeAttachment,
  'storage.k8s.io/v1 VolumeAttributesClass': async () => (await import('./storage.ts')).volumeAttributesClass,
  'rbac.authorization.k8s.io/v1 Role': async () => (await import('./rbac.ts')).role,
  'rbac.authorization.k8s.io/v1 ClusterRole': async () => (await import('./rbac.ts')).clusterRole,
  'rbac.authorization.k8s.io/v1 RoleBinding': async () => (await import('./rbac.ts')).roleBinding,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': async () => (await import('./rbac.ts')).clusterRoleBinding,
  'scheduling.k8s.io/v1 PriorityClass': async () => (await import('./scheduling.ts')).priorityClass,
  'node.k8s.io/v1 RuntimeClass': async () => (await import('./scheduling.ts')).runtimeClass,
  'coordination.k8s.io/v1 Lease': async () => (await import('./coordination.ts')).lease,
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': async () =>
    (await import('./webhook.ts')).webhookConfiguration,
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': async () =>
    (await import('./webhook.ts')).webhookConfiguration,
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy': async () =>
    (await import('./admission-policy.ts')).validatingAdmissionPolicy,
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding': async () =>
    (await import('./admission-policy.ts')).validatingAdmissionPolicyBinding,
  'admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy': async () =>
    (await import('./mutating-policy.ts')).mutatingAdmissionPolicy,
  'admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicyBinding': async () =>
    (await import('./mutating-policy.ts')).mutatingAdmissionPolicyBinding,
  'admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy': async () =>
    (await import('./mutating-policy.ts')).mutatingAdmissionPolicy,
  'admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyBinding': async () =>
    (await import('./mutating-policy.ts')).mutatingAdmissionPolicyBinding,
  'apiextensions.k8s.io/v1 CustomResourceDefinition': async () => (await import('./crd.ts')).customResourceDefinition,
  'apiregistration.k8s.io/v1 APIService': async () => (await import('./api-service.ts')).apiService,
  'flowcontrol.apiserver.k8s.io/v1 FlowSchema': async () => (await import('./flow-control.ts')).flowSchema,
  'flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration': async () =>
    (await import('./flow-control.ts')).priorityLevelConfiguration,
  'v1 Node': async () => (await import('./node.ts')).node,
  'v1 Event': async () => (await import('./event.ts')).coreEvent,
  'events.k8s.io/v1 Event': async () => (await import('./event.ts')).event,
  'certificates.k8s.io/v1 CertificateSigningRequest': async () =>
    (await import('./signing-request.ts')).certificateSigningRequest,
  'resource.k8s.io/v1 DeviceClass': async () => (await import('./device-claim.ts')).deviceClass,
  'resource.k8s.io/v1 ResourceClaim': async () => (await import('./device-claim.ts')).resourceClaim,
  'resource.k8s.io/v1 ResourceClaimTemplate': async () => (await import('./device-claim.ts')).resourceClaimTemplate,
  'resource.k8s.io/v1 ResourceSlice': async () => (await import('./resource-slice.ts')).resourceSlice,
};

/** What validates the objects of all other kinds: that they have a name, and metadata in its form. */
export async function loadMetadataCheck(): Promise<Check> {
  const { metadata } = await import('./metadata.ts');
  const { PATH_SEGMENT } = await import('./formats.ts');
  return metadata({ name: PATH_SEGMENT, knownFinalizers: false });
}

/** Loads what validates an object; undefined for a kind of which nothing is known but its structure. */
export function loadCheck(apiVersion: string, kind: string): Promise<Check> | undefined {
  return LOADERS[`${apiVersion} ${kind}`]?.();
}
