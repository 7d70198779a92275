// Written by scripts/write-api-kinds.mjs from the OpenAPI documents and lifecycles of Kubernetes 1.8 to 1.37. Do not edit.
export default `admissionregistration.k8s.io/v1;MutatingAdmissionPolicy!=36;MutatingAdmissionPolicyBinding!=36;MutatingWebhookConfiguration!=16;ValidatingAdmissionPolicy!=30;ValidatingAdmissionPolicyBinding!=30;ValidatingWebhookConfiguration!=16
admissionregistration.k8s.io/v1alpha1;ExternalAdmissionHookConfiguration!=0,,9;InitializerConfiguration!=0,,14;MutatingAdmissionPolicy!=32,35,38;MutatingAdmissionPolicyBinding!=32,35,38;ValidatingAdmissionPolicy!=26,29,32;ValidatingAdmissionPolicyBinding!=26,29,32
admissionregistration.k8s.io/v1beta1;MutatingAdmissionPolicy!=34,37,40,admissionregistration.k8s.io/v1;MutatingAdmissionPolicyBinding!=34,37,40,admissionregistration.k8s.io/v1;MutatingWebhookConfiguration!=9,16,22,admissionregistration.k8s.io/v1;ValidatingAdmissionPolicy!=28,31,34;ValidatingAdmissionPolicyBinding!=28,31,34;ValidatingWebhookConfiguration!=9,16,22,admissionregistration.k8s.io/v1
apiextensions.k8s.io/v1;CustomResourceDefinition!=16
apiextensions.k8s.io/v1beta1;CustomResourceDefinition!=7,16,22,apiextensions.k8s.io/v1
apiregistration.k8s.io/v1;APIService!=10
apiregistration.k8s.io/v1beta1;APIService!=7,19,22,apiregistration.k8s.io/v1
apps/v1;ControllerRevision=9;DaemonSet=9;Deployment=9;ReplicaSet=9;StatefulSet=9
apps/v1alpha1;PetSet=3,,5,apps/v1 StatefulSet
apps/v1beta1;ControllerRevision=7,8,16,apps/v1;Deployment=6,8,16,apps/v1;StatefulSet=5,8,16,apps/v1
apps/v1beta2;ControllerRevision=8,9,16,apps/v1;DaemonSet=8,9,16,apps/v1;Deployment=8,9,16,apps/v1;ReplicaSet=8,9,16,apps/v1;StatefulSet=8,9,16,apps/v1
auditregistration.k8s.io/v1alpha1;AuditSink!=13,,19
authentication.k8s.io/v1;SelfSubjectReview!=28;TokenReview!=6
authentication.k8s.io/v1alpha1;SelfSubjectReview!=26,29,32
authentication.k8s.io/v1beta1;SelfSubjectReview!=27,30,33;TokenReview!=4,19,22,authentication.k8s.io/v1
authorization.k8s.io/v1;LocalSubjectAccessReview=8;SelfSubjectAccessReview!=8;SelfSubjectRulesReview!=8;SubjectAccessReview!=6
authorization.k8s.io/v1beta1;LocalSubjectAccessReview=2,19,22,authorization.k8s.io/v1;SelfSubjectAccessReview!=2,19,22,authorization.k8s.io/v1;SelfSubjectRulesReview!=8,19,22,authorization.k8s.io/v1;SubjectAccessReview!=2,19,22,authorization.k8s.io/v1
autoscaling/v1;HorizontalPodAutoscaler=2
autoscaling/v2;HorizontalPodAutoscaler=23
autoscaling/v2alpha1;HorizontalPodAutoscaler=5,,8
autoscaling/v2beta1;HorizontalPodAutoscaler=8,22,25,autoscaling/v2
autoscaling/v2beta2;HorizontalPodAutoscaler=12,23,26,autoscaling/v2
batch/v1;CronJob=21;Job=2
batch/v1beta1;CronJob=8,21,25,batch/v1
batch/v2alpha1;CronJob=0,,21;ScheduledJob=4,5,8,batch/v1 CronJob
certificates.k8s.io/v1;CertificateSigningRequest!=19;ClusterTrustBundle!=37;PodCertificateRequest=37
certificates.k8s.io/v1alpha1;ClusterTrustBundle!=26,34,37;PodCertificateRequest=34,,35
certificates.k8s.io/v1beta1;CertificateSigningRequest!=8,19,22,certificates.k8s.io/v1;ClusterTrustBundle!=33,37,40,certificates.k8s.io/v1;PodCertificateRequest=35,37,40,certificates.k8s.io/v1
coordination.k8s.io/v1;Lease=14
coordination.k8s.io/v1alpha1;LeaseCandidate=31,,32
coordination.k8s.io/v1alpha2;LeaseCandidate=32,35,38
coordination.k8s.io/v1beta1;Lease=12,19,22,coordination.k8s.io/v1;LeaseCandidate=33,36,39
discovery.k8s.io/v1;EndpointSlice=21
discovery.k8s.io/v1alpha1;EndpointSlice=16,,17
discovery.k8s.io/v1beta1;EndpointSlice=16,21,25,discovery.k8s.io/v1
events.k8s.io/v1;Event=19
events.k8s.io/v1beta1;Event=8,22,25
extensions/v1beta1;DaemonSet=1,8,16,apps/v1;Deployment=1,8,16,apps/v1;Ingress=1,14,22,networking.k8s.io/v1;NetworkPolicy=3,9,16,networking.k8s.io/v1;PodSecurityPolicy!=2,11,16,policy/v1beta1;ReplicaSet=2,8,16,apps/v1;ThirdPartyResource=1,7,8,apiextensions.k8s.io/v1 CustomResourceDefinition
flowcontrol.apiserver.k8s.io/v1;FlowSchema!=29;PriorityLevelConfiguration!=29
flowcontrol.apiserver.k8s.io/v1alpha1;FlowSchema!=17,20,21,flowcontrol.apiserver.k8s.io/v1beta3;PriorityLevelConfiguration!=17,20,21,flowcontrol.apiserver.k8s.io/v1beta3
flowcontrol.apiserver.k8s.io/v1beta1;FlowSchema!=20,23,26,flowcontrol.apiserver.k8s.io/v1beta3;PriorityLevelConfiguration!=20,23,26,flowcontrol.apiserver.k8s.io/v1beta3
flowcontrol.apiserver.k8s.io/v1beta2;FlowSchema!=23,26,29,flowcontrol.apiserver.k8s.io/v1beta3;PriorityLevelConfiguration!=23,26,29,flowcontrol.apiserver.k8s.io/v1beta3
flowcontrol.apiserver.k8s.io/v1beta3;FlowSchema!=26,29,32,flowcontrol.apiserver.k8s.io/v1;PriorityLevelConfiguration!=26,29,32,flowcontrol.apiserver.k8s.io/v1
internal.apiserver.k8s.io/v1alpha1;StorageVersion!=20
lifecycle.k8s.io/v1alpha1;Eviction=37,40,43;EvictionRequest=37,40,43
networking.k8s.io/v1;IPAddress!=33;Ingress=19;IngressClass!=19;NetworkPolicy=7;ServiceCIDR!=33
networking.k8s.io/v1alpha1;ClusterCIDR!=25,28,29;IPAddress!=27,30,31;ServiceCIDR!=27,30,31
networking.k8s.io/v1beta1;IPAddress!=31,34,37;Ingress=14,19,22,networking.k8s.io/v1;IngressClass!=18,19,22,networking.k8s.io/v1;ServiceCIDR!=31,34,37
node.k8s.io/v1;RuntimeClass!=20
node.k8s.io/v1alpha1;RuntimeClass!=14,,24
node.k8s.io/v1beta1;RuntimeClass!=13,22,25
policy/v1;PodDisruptionBudget=21
policy/v1beta1;PodDisruptionBudget=5,21,25,policy/v1;PodSecurityPolicy!=10,21,25
rbac.authorization.k8s.io/v1;ClusterRole!=8;ClusterRoleBinding!=8;Role=8;RoleBinding=8
rbac.authorization.k8s.io/v1alpha1;ClusterRole!=0,,23;ClusterRoleBinding!=0,,23;Role=0,,23;RoleBinding=0,,23
rbac.authorization.k8s.io/v1beta1;ClusterRole!=6,17,22,rbac.authorization.k8s.io/v1;ClusterRoleBinding!=6,17,22,rbac.authorization.k8s.io/v1;Role=6,17,22,rbac.authorization.k8s.io/v1;RoleBinding=6,17,22,rbac.authorization.k8s.io/v1
resource.k8s.io/v1;DeviceClass!=34;DeviceTaintRule!=37;ResourceClaim=34;ResourceClaimTemplate=34;ResourceSlice!=34
resource.k8s.io/v1alpha1;PodScheduling=26,,27;ResourceClaim=26,,27;ResourceClaimTemplate=26,,27;ResourceClass!=26,,27,resource.k8s.io/v1 DeviceClass
resource.k8s.io/v1alpha2;PodSchedulingContext=27,,31;ResourceClaim=27,,31;ResourceClaimParameters=30,,31;ResourceClaimTemplate=27,,31;ResourceClass!=27,,31,resource.k8s.io/v1 DeviceClass;ResourceClassParameters=30,,31;ResourceSlice!=30,,31
resource.k8s.io/v1alpha3;DeviceClass!=31,,34,resource.k8s.io/v1beta1;DeviceTaintRule!=33,36,39;PodSchedulingContext=31,,32;ResourceClaim=31,,34,resource.k8s.io/v1beta1;ResourceClaimTemplate=31,,34,resource.k8s.io/v1beta1;ResourcePoolStatusRequest!=36,39,42;ResourceSlice!=31,,34,resource.k8s.io/v1beta1
resource.k8s.io/v1beta1;DeviceClass!=32,35,38;ResourceClaim=32,35,38;ResourceClaimTemplate=32,35,38;ResourceSlice!=32,35,38
resource.k8s.io/v1beta2;DeviceClass!=33,36,39;DeviceTaintRule!=36,39,42;ResourceClaim=33,36,39;ResourceClaimTemplate=33,36,39;ResourceSlice!=33,36,39
scheduling.k8s.io/v1;PriorityClass!=14
scheduling.k8s.io/v1alpha1;PriorityClass!=0,,23;Workload=35,,36
scheduling.k8s.io/v1alpha2;PodGroup=36,,37;Workload=36,,37
scheduling.k8s.io/v1alpha3;CompositePodGroup=37;PodGroup=37;Workload=37
scheduling.k8s.io/v1beta1;PodGroup=37,40,43;PriorityClass!=11,14,22,scheduling.k8s.io/v1;Workload=37,40,43
settings.k8s.io/v1alpha1;PodPreset=0,,20
storage.k8s.io/v1;CSIDriver!=18;CSINode!=17;CSIStorageCapacity=24;StorageClass!=6;VolumeAttachment!=13;VolumeAttributesClass!=34
storage.k8s.io/v1alpha1;CSIStorageCapacity=19,21,24,storage.k8s.io/v1beta1;VolumeAttachment!=9,21,23,storage.k8s.io/v1;VolumeAttributesClass!=29,32,35,storage.k8s.io/v1
storage.k8s.io/v1beta1;CSIDriver!=14,19,22,storage.k8s.io/v1;CSINode!=14,17,22,storage.k8s.io/v1;CSIStorageCapacity=21,24,27,storage.k8s.io/v1;StorageClass!=4,19,22,storage.k8s.io/v1;VolumeAttachment!=10,19,22,storage.k8s.io/v1;VolumeAttributesClass!=31,34,37,storage.k8s.io/v1
storagemigration.k8s.io/v1;StorageVersionMigration!=37
storagemigration.k8s.io/v1alpha1;StorageVersionMigration!=30,33,35
storagemigration.k8s.io/v1beta1;StorageVersionMigration!=35,37,40,storagemigration.k8s.io/v1
v1;Binding=0;ComponentStatus!=0,19;ConfigMap=2;Endpoints=0,33,,discovery.k8s.io/v1 EndpointSlice;Event=0;LimitRange=0;Namespace!=0;Node!=0;PersistentVolume!=0;PersistentVolumeClaim=0;Pod=0;PodTemplate=0;ReplicationController=0;ResourceQuota=0;Secret=0;Service=0;ServiceAccount=0`;
