import { checkEndpointAddress, ipAddress, ipRange, parseAddress } from './address.ts';
import {
  all,
  between,
  checkFormat,
  each,
  fields,
  is,
  oneOf,
  portNumber,
  strictlyOneOf,
  withSpec,
  zeroOrBetween,
} from './checks.ts';
import { protocol } from './port.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, DNS_LABEL_1035, DNS_SUBDOMAIN, QUALIFIED_NAME } from './formats.ts';
import { labels, metadata } from './metadata.ts';
import { port } from './port.ts';

/** The type of a Service. */
function typeOf(spec: Field): string {
  return spec.at('type').text || 'ClusterIP';
}

/** The addresses of a Service; the API server copies `clusterIP` to `clusterIPs`. */
function addressesOf(spec: Field): Field[] {
  const list = spec.at('clusterIPs').items();
  const single = spec.at('clusterIP');
  return list.length === 0 && !single.isEmpty ? [single] : list;
}

function isHeadless(spec: Field): boolean {
  const [first, ...others] = addressesOf(spec);
  return first?.text === 'None' && others.length === 0;
}

function isReachedFromOutside(spec: Field): boolean {
  const type = typeOf(spec);
  return type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && spec.at('externalIPs').size > 0);
}

const servicePort = fields({
  name: is(DNS_LABEL),
  protocol,
  targetPort(field) {
    if (!field.isEmpty) port(field);
  },
  appProtocol: (field) => checkFormat(field, QUALIFIED_NAME),
});

const ports: Check = (spec) => {
  const list = spec.at('ports');
  const items = list.items();
  const type = typeOf(spec);
  if (items.length === 0 && !isHeadless(spec) && type !== 'ExternalName') list.required();
  const seen = { name: new Set<string>(), port: new Set<string>(), nodePort: new Set<string>() };
  for (const item of items) {
    servicePort(item);
    const number = item.at('port');
    if (number.isEmpty) number.invalid(number.isSet ? 'is 0' : 'is missing', 'Write a number from 1 to 65535');
    else portNumber(number);
    const name = item.at('name');
    if (items.length > 1 && name.isEmpty) name.required('where there is more than one port', 'Give each port a name');
    else if (!name.isEmpty && seen.name.has(name.text)) name.duplicate(`the port ${name.text}`);
    seen.name.add(name.text);
    const key = `${item.at('protocol').text || 'TCP'} ${number.number}`;
    if (seen.port.has(key)) number.duplicate('the port and protocol of another');
    seen.port.add(key);
    const nodePort = item.at('nodePort');
    if (nodePort.isEmpty) continue;
    if (type === 'ClusterIP')
      nodePort.forbidden('where the type is ClusterIP', 'Remove nodePort, or write type: NodePort');
    const nodeKey = `${item.at('protocol').text || 'TCP'} ${nodePort.number}`;
    if (seen.nodePort.has(nodeKey)) nodePort.duplicate(`the node port ${nodePort.number}`);
    seen.nodePort.add(nodeKey);
  }
};

const externalName: Check = (spec) => {
  if (typeOf(spec) !== 'ExternalName') return;
  for (const name of ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
    const field = spec.at(name);
    if (name === 'ipFamilyPolicy' ? field.isSet : field.size > 0) field.forbidden('where the type is ExternalName');
  }
  if (!spec.at('clusterIP').isEmpty) spec.at('clusterIP').forbidden('where the type is ExternalName');
  const name = spec.at('externalName');
  if (name.text.replace(/\.$/, '') === '') name.required('where the type is ExternalName');
  else checkFormat(name, DNS_SUBDOMAIN, name.text.replace(/\.$/, ''));
};

const addresses: Check = (spec) => {
  const type = typeOf(spec);
  if (type === 'ExternalName') return;
  const single = spec.at('clusterIP');
  const list = spec.at('clusterIPs');
  if (isHeadless(spec) && (type === 'LoadBalancer' || type === 'NodePort')) {
    addressesOf(spec)[0]?.invalid(`is None, but the type is ${type}`, 'Remove it, or write type: ClusterIP');
  }
  const [first] = list.items();
  if (first !== undefined && first.text !== single.text) {
    first.invalid(
      single.isEmpty ? 'is set, but clusterIP is not' : 'differs from clusterIP',
      'Write the first address in clusterIP, too',
    );
  }
  const items = addressesOf(spec);
  if (items.length > 2) list.invalid('has more than 2 addresses', 'Give one address of each family');
  for (const [index, item] of items.entries()) {
    if (index > 0 || item.text !== 'None') ipAddress(item);
    else if (items.length > 1) item.invalid('is None beside another address', 'Leave None alone');
  }
  checkFamilies(spec, items);
};

function checkFamilies(spec: Field, items: readonly Field[]): void {
  const families = spec.at('ipFamilies').items();
  const seen = new Set<string>();
  for (const family of families) {
    strictlyOneOf('IPv4', 'IPv6')(family);
    if (seen.has(family.text)) family.duplicate(`the family ${family.text}`);
    seen.add(family.text);
  }
  const versions = items.map((item) => parseAddress(item.text)?.version);
  if (versions.length === 2 && versions[0] === versions[1] && versions[0] !== undefined) {
    spec.at('clusterIPs').invalid('has two addresses of one family', 'Give one address of each family');
  }
  for (const [index, item] of items.entries()) {
    const family = families[index]?.text;
    const version = versions[index];
    if (version !== undefined && (family === 'IPv4' || family === 'IPv6') && family !== `IPv${version}`) {
      item.invalid(`is not an address of ${family}, which ipFamilies says`, `Write an ${family} address`);
    }
  }
}

const LONGEST_AFFINITY = 86_400;

const affinity: Check = (spec) => {
  if (spec.at('sessionAffinity').text === 'ClientIP') {
    between(1, LONGEST_AFFINITY)(spec.at('sessionAffinityConfig', 'clientIP', 'timeoutSeconds'));
  }
};

const outside: Check = (spec) => {
  const policy = spec.at('externalTrafficPolicy');
  if (isReachedFromOutside(spec)) oneOf('Cluster', 'Local')(policy);
  else if (!policy.isEmpty)
    policy.invalid(
      'is set, but the Service cannot be reached from outside',
      'Remove it, or write type: LoadBalancer or NodePort',
    );
  const check = spec.at('healthCheckNodePort');
  if (typeOf(spec) === 'LoadBalancer' && policy.text === 'Local') zeroOrBetween(1, 65_535)(check);
  else if (!check.isEmpty) {
    check.invalid('is set without type: LoadBalancer and externalTrafficPolicy: Local', 'Remove healthCheckNodePort');
  }
};

const LOAD_BALANCER_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

const loadBalancer: Check = (service) => {
  const spec = service.at('spec');
  const isLoadBalancer = typeOf(spec) === 'LoadBalancer';
  const ranges = spec.at('loadBalancerSourceRanges');
  each(ipRange)(ranges);
  const only = ['loadBalancerClass', 'allocateLoadBalancerNodePorts']
    .map((name) => spec.at(name))
    .filter((field) => field.isSet);
  if (ranges.size > 0) only.push(ranges);
  const annotation = service.at('metadata', 'annotations', LOAD_BALANCER_RANGES);
  if (ranges.size === 0 && annotation.isSet) only.push(annotation);
  for (const field of isLoadBalancer ? [] : only) field.forbidden('where the type is not LoadBalancer');
  if (isLoadBalancer && spec.at('loadBalancerClass').isSet) checkFormat(spec.at('loadBalancerClass'), QUALIFIED_NAME);
};

const TOPOLOGY_MODES = ['service.kubernetes.io/topology-mode', 'service.kubernetes.io/topology-aware-hints'] as const;

const topology: Check = (service) => {
  const [mode, hints] = TOPOLOGY_MODES.map((key) => service.at('metadata', 'annotations', key));
  if (mode?.isSet === true && hints?.isSet === true && mode.text !== hints.text) {
    mode.invalid(`differs from the annotation ${TOPOLOGY_MODES[1]}`, 'Remove the older annotation');
  }
};

export const service = all(
  metadata({ name: DNS_LABEL_1035 }),
  topology,
  withSpec(
    fields(
      {
        type: oneOf('ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'),
        selector: labels,
        sessionAffinity: oneOf('ClientIP', 'None'),
        externalIPs: each(checkEndpointAddress),
        internalTrafficPolicy: strictlyOneOf('Cluster', 'Local'),
        ipFamilyPolicy: strictlyOneOf('PreferDualStack', 'RequireDualStack', 'SingleStack'),
        trafficDistribution(field) {
          if (!field.api.has('trafficDistribution')) return;
          const more = field.api.has('preferSameTraffic') ? ['PreferSameZone', 'PreferSameNode'] : [];
          strictlyOneOf('PreferClose', ...more)(field);
        },
      },
      ports,
      externalName,
      addresses,
      affinity,
      outside,
    ),
  ),
  loadBalancer,
);
