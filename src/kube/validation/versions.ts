import { minorOf, NEWEST_MINOR } from '../api-kinds.ts';

/**
 * What validation asks of a version of Kubernetes. Each fact is a feature gate or a check that came with a minor version;
 * all of them are here, and nowhere else. Source: kube_features.go of each version.
 */
export interface Api {
  /** The minor version of Kubernetes 1. */
  readonly minor: number;
  /** Whether the version has a feature on by default. */
  has(feature: Feature): boolean;
}

/**
 * Since which minor version a feature is on by default and changes what is accepted. A field whose feature is off is
 * dropped by the API server, so it is not looked at.
 */
const SINCE = {
  /** Any printable ASCII but `=` in the name of an environment variable. */
  relaxedEnvironmentNames: 32,
  /** `_` in a DNS search path, and the path `.`. */
  relaxedDnsSearch: 33,
  /** A sleep of zero seconds in a lifecycle hook. */
  zeroSleep: 33,
  /** `restartPolicy` and `restartPolicyRules` of any container. */
  containerRestartRules: 35,
  /** `fileKeyRef`. */
  envFiles: 35,
  hostnameOverride: 35,
  podLevelResources: 34,
  /** Image volumes. */
  imageVolume: 35,
  seLinuxChangePolicy: 33,
  supplementalGroupsPolicy: 33,
  /** `procMount` is validated, and needs a user namespace for `Unmasked`. */
  procMount: 33,
  /** `maxUnavailable` of a StatefulSet. */
  maxUnavailableStatefulSet: 35,
  /** `serviceName` of a StatefulSet is validated. */
  statefulSetServiceName: 33,
  /** The values of a node affinity's expressions are validated. */
  nodeAffinityValues: 33,
  /** `apiVersion` of what an autoscaler refers to is validated. */
  scaleTargetVersion: 34,
  /** `PreferSameZone` and `PreferSameNode`. */
  preferSameTraffic: 34,
  volumeAttributesClass: 34,
  /** `managedBy` of a Job. */
  jobManagedBy: 32,
  jobSuccessPolicy: 31,
  /** `resourceClaims` of a Pod, and the claims of its containers. */
  dynamicResourceAllocation: 34,
  /** `resizePolicy`. */
  inPlaceResize: 33,
  recursiveReadOnlyMounts: 31,
  /** `hostUsers`. */
  userNamespaces: 33,
  /** `matchLabelKeys` and `mismatchLabelKeys` of an affinity. */
  labelKeysInAffinity: 31,
  trafficDistribution: 31,
  /** `tolerance` of an autoscaler. */
  scalingTolerance: 35,
  /** `nodeAllocatableUpdatePeriodSeconds` of a CSIDriver. */
  mutableAllocatable: 35,
  /** `serviceAccountTokenInSecrets` of a CSIDriver. */
  tokensInSecrets: 35,
  /** `selectableFields` of a CustomResourceDefinition. */
  selectableFields: 31,
  /** `data` of a ControllerRevision must be an object. */
  revisionIsObject: 31,
} as const;

export type Feature = keyof typeof SINCE;

/** The API of a version such as `1.33` or `v1.33.2`; the newest one when none is given or it is not understood. */
export function apiOf(kubeVersion: string | undefined): Api {
  const minor = minorOf(kubeVersion ?? '') ?? NEWEST_MINOR;
  return { minor, has: (feature) => minor >= SINCE[feature] };
}
