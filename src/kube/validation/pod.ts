import { ipAddress } from './address.ts';
import {
  all,
  between,
  checkFormat,
  each,
  fields,
  is,
  mustBe,
  oneOf,
  required,
  strictlyOneOf,
  unique,
  withFeature,
} from './checks.ts';
import { checkContainer, checkHostPorts, checkInitContainer, type PodParts } from './container.ts';
import { checkFileReferences } from './environment.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, DNS_SEARCH_PATH, DNS_SUBDOMAIN, QUALIFIED_NAME } from './formats.ts';
import { checkImage } from './image.ts';
import { labels, metadata, templateMetadata } from './metadata.ts';
import { podAnnotations } from './pod-annotations.ts';
import { containersOf } from './pod-containers.ts';
import { checkPodResources } from './pod-resources.ts';
import { checkHostProcesses, checkOperatingSystem, isAboutWindows } from './pod-system.ts';
import { checkContainerResource, checkLimits } from './resources.ts';
import { affinity, toleration, topologySpreadConstraints } from './scheduling-constraints.ts';
import { podSecurityContext } from './security-context.ts';
import { checkVolumes } from './volume.ts';

const MOST_SEARCH_PATHS = 32;
const LONGEST_SEARCH_LIST = 2048;

const searchPath: Check = (field) => {
  const isRelaxed = field.api.has('relaxedDnsSearch');
  if (field.text !== '.' || !isRelaxed) {
    checkFormat(field, isRelaxed ? DNS_SEARCH_PATH : DNS_SUBDOMAIN, field.text.replace(/\.$/, ''));
  }
};

const dnsConfig = fields({
  nameservers: all(each(ipAddress), (list) => {
    if (list.size > 3) list.invalid('has more than 3 items', 'Give 3 name servers at most');
  }),
  searches: all(each(searchPath), (list) => {
    if (list.size > MOST_SEARCH_PATHS) list.invalid(`has more than ${MOST_SEARCH_PATHS} items`, 'Give fewer paths');
    if (list.texts().join(' ').length > LONGEST_SEARCH_LIST) {
      list.invalid(`is longer than ${LONGEST_SEARCH_LIST} characters`, 'Give fewer paths');
    }
  }),
  options: each(fields({ name: required() })),
});

const hostnameOverride: Check = (field) => {
  if (!field.api.has('hostnameOverride')) return;
  const spec = field.parent;
  for (const other of ['setHostnameAsFQDN', 'hostNetwork']) {
    if (spec?.at(other).isTrue === true) field.forbidden(`where ${other} is true`);
  }
  if (field.text.length > 64) field.tooLong(64);
  checkFormat(field, DNS_SUBDOMAIN);
};

const resourceClaim: Check = fields({ name: required(is(DNS_LABEL)) }, (claim) => {
  const sources = ['resourceClaimName', 'resourceClaimTemplateName'];
  const given = sources.map((name) => claim.at(name)).filter((field) => field.isSet);
  if (given.length === 0) claim.invalid('has no source', `Add ${sources.join(' or ')}`);
  if (given.length === 2) claim.invalid('has two sources', 'Leave one of the two');
  for (const field of given) checkFormat(field, DNS_SUBDOMAIN);
});

const name = is(DNS_SUBDOMAIN);
const label = is(DNS_LABEL);
const qualifiedName = mustBe(QUALIFIED_NAME);

const spec = fields({
  restartPolicy: oneOf('Always', 'OnFailure', 'Never'),
  dnsPolicy: oneOf('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'),
  dnsConfig,
  nodeSelector: labels,
  securityContext: podSecurityContext,
  affinity,
  readinessGates: each((gate) => qualifiedName(gate.at('conditionType'))),
  schedulingGates: each((gate) => qualifiedName(gate.at('name'))),
  topologySpreadConstraints,
  hostnameOverride,
  serviceAccountName: name,
  serviceAccount(field) {
    // The older name of the field, which counts where the newer one is not there.
    if (field.parent?.at('serviceAccountName').isEmpty === true) name(field);
  },
  nodeName: name,
  activeDeadlineSeconds: between(1, 2_147_483_647),
  tolerations: each(toleration),
  hostAliases: each(fields({ hostnames: each(mustBe(DNS_SUBDOMAIN)) }, (alias) => ipAddress(alias.at('ip')))),
  priorityClassName: name,
  runtimeClassName: mustBe(DNS_SUBDOMAIN),
  preemptionPolicy: strictlyOneOf('PreemptLowerPriority', 'Never'),
  overhead: (amounts) => checkLimits(amounts, checkContainerResource),
  resourceClaims: withFeature('dynamicResourceAllocation', each(resourceClaim)),
});

/** What is looked at only where a field is there that asks for it. */
const TOGETHER: ReadonlyMap<string, Check> = new Map(
  Object.entries({
    dnsPolicy(pod) {
      const servers = pod.at('dnsConfig', 'nameservers');
      if (pod.at('dnsPolicy').text === 'None' && servers.size === 0) servers.required('where dnsPolicy is None');
    },
    hostUsers(pod) {
      if (!pod.at('hostUsers').isFalse || !pod.api.has('userNamespaces')) return;
      for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) {
        if (pod.at(key).isTrue) pod.at(key).forbidden('where hostUsers is false', `Remove ${key}, or hostUsers`);
      }
      for (const container of containersOf(pod)) {
        const devices = container.at('volumeDevices');
        if (devices.size > 0) devices.forbidden('where hostUsers is false');
      }
    },
    hostNetwork(pod) {
      if (!pod.at('hostNetwork').isTrue) return;
      const ports = pod
        .at('containers')
        .items()
        .flatMap((container) => container.at('ports').items());
      for (const port of ports) {
        const hostPort = port.at('hostPort');
        if (!hostPort.isEmpty && hostPort.number !== port.at('containerPort').number) {
          hostPort.invalid(
            'differs from containerPort, but hostNetwork is true',
            'Write the same port, or remove hostPort',
          );
        }
      }
    },
    shareProcessNamespace(pod) {
      const share = pod.at('shareProcessNamespace');
      if (share.isTrue && pod.at('hostPID').isTrue) share.invalid('is true beside hostPID', 'Remove one of the two');
    },
    schedulingGates: (pod) => unique('the gate', (gate) => gate.at('name'))(pod.at('schedulingGates')),
    resourceClaims: withFeature('dynamicResourceAllocation', (pod) => {
      unique('the claim', (claim) => claim.at('name'))(pod.at('resourceClaims'));
    }),
    resources: checkPodResources,
    os: checkOperatingSystem,
  }),
);

const together: Check = (pod) => {
  for (const key of pod.keys()) if (pod.says(key)) TOGETHER.get(key)?.(pod);
};

/**
 * `spec` of a Pod or of a template.
 * @param claimed the names of the claims that a StatefulSet makes, which are volumes of its Pods
 */
export function checkPodSpec(pod: Field, claimed?: readonly string[]): void {
  spec(pod);
  // A StatefulSet gives its Pods both names, whatever its template says.
  if (claimed === undefined) for (const name of ['hostname', 'subdomain']) label(pod.at(name));
  together(pod);
  const volumes = checkVolumes(pod.at('volumes'), claimed ?? []);
  const parts: PodParts = {
    volumes: new Map<string, Field | 'claim'>([
      ...volumes,
      ...(claimed ?? []).map((claim) => [claim, 'claim'] as const),
    ]),
    claims: new Set(
      pod
        .at('resourceClaims')
        .items()
        .map((claim) => claim.at('name').text),
    ),
    hasHostUsers: !pod.at('hostUsers').isFalse,
  };
  const containers = pod.at('containers').items();
  const initContainers = pod.at('initContainers').items();
  if (containers.length === 0) pod.at('containers').required();
  for (const container of containers) checkContainer(container, parts);
  for (const container of initContainers) checkInitContainer(container, parts);
  const everyContainer = [...containers, ...initContainers];
  checkHostPorts(containers);
  checkNames(everyContainer);
  if ([pod, ...everyContainer].some(isAboutWindows)) checkHostProcesses(pod);
  for (const container of everyContainer) {
    if (container.says('env')) checkFileReferences(container, volumes);
    if (container.says('resizePolicy') && pod.api.has('inPlaceResize'))
      checkResizePolicy(container, pod.at('restartPolicy').text);
  }
}

function checkNames(containers: readonly Field[]): void {
  const seen = new Set<string>();
  for (const container of containers) {
    const field = container.at('name');
    if (field.text !== '' && seen.has(field.text)) field.duplicate(`the container ${field.text}`);
    seen.add(field.text);
  }
}

function checkResizePolicy(container: Field, podPolicy: string): void {
  const seen = new Set<string>();
  for (const item of container.at('resizePolicy').items()) {
    const resource = item.at('resourceName');
    if (seen.has(resource.text)) resource.duplicate(`the resource ${resource.text}`);
    seen.add(resource.text);
    const policy = item.at('restartPolicy');
    if (podPolicy === 'Never' && policy.text !== 'NotRequired') {
      policy.invalid('is not NotRequired, but the Pod is never restarted', 'Write NotRequired');
    }
  }
}

/** A template of Pods. */
export function checkPodTemplate(template: Field): void {
  checkTemplateMetadata(template);
  checkTemplateSpec(template.at('spec'));
}

/** Labels and annotations of a template of Pods. */
export function checkTemplateMetadata(template: Field): void {
  templateMetadata(template.at('metadata').as());
  podAnnotations(template);
}

/** `spec` of a template of Pods. @param claimed as of checkPodSpec */
export function checkTemplateSpec(spec: Field, claimed?: readonly string[]): void {
  checkPodSpec(spec, claimed);
  const ephemeral = spec.at('ephemeralContainers');
  if (ephemeral.size > 0) ephemeral.forbidden('in a template of Pods');
}

export const podTemplate = all(metadata({ name: DNS_SUBDOMAIN }), (object) => checkPodTemplate(object.at('template')));

export const pod = all(metadata({ name: DNS_SUBDOMAIN }), podAnnotations, (object) => {
  const podSpec = object.at('spec');
  checkPodSpec(podSpec);
  containersOf(podSpec).forEach(checkImage);
  const ephemeral = podSpec.at('ephemeralContainers');
  if (ephemeral.size > 0)
    ephemeral.forbidden('in a new Pod', 'Remove ephemeralContainers; kubectl debug adds them to a running Pod');
  const node = podSpec.at('nodeName');
  if (!node.isEmpty && podSpec.at('schedulingGates').size > 0) node.forbidden('where there are schedulingGates');
});
