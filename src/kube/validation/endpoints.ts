import { checkEndpointAddress, parseAddress } from './address.ts';
import { all, checkFormat, each, fields, is, mustBe, portNumber, required, strictlyOneOf } from './checks.ts';
import { protocol } from './port.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_NAME } from './formats.ts';
import { labels, metadata } from './metadata.ts';

const appProtocol = mustBe(QUALIFIED_NAME);

const address = fields({ hostname: is(DNS_LABEL), nodeName: mustBe(DNS_SUBDOMAIN) }, (each) => {
  checkEndpointAddress(each.at('ip'));
});

const port = fields({ name: is(DNS_LABEL), protocol, appProtocol }, (each) => {
  const number = each.at('port');
  if (number.isEmpty) number.invalid(number.isSet ? 'is 0' : 'is missing', 'Write a number from 1 to 65535');
  else portNumber(number);
});

const subset = fields({ addresses: each(address), notReadyAddresses: each(address), ports: each(port) }, (each) => {
  if (each.at('addresses').size + each.at('notReadyAddresses').size === 0) {
    each.required('with addresses or notReadyAddresses', 'Add addresses');
  }
  const ports = each.at('ports').items();
  for (const { name } of ports.map((item) => ({ name: item.at('name') }))) {
    if (ports.length > 1 && name.isEmpty) name.required('where there is more than one port', 'Give each port a name');
  }
});

export const endpoints = all(metadata({ name: DNS_SUBDOMAIN }), fields({ subsets: each(subset) }));

const MOST_ENDPOINTS = 1000;
const MOST_ADDRESSES = 100;
const MOST_PORTS = 20_000;
const MOST_HINTS = 8;

function checkAddress(field: Field, type: string): void {
  if (type === 'FQDN') {
    const name = field.text.replace(/\.$/, '');
    if (!DNS_SUBDOMAIN.test(name) || !name.includes('.'))
      field.invalid('is not a domain of two parts', 'Write a domain such as example.com');
    return;
  }
  const version = parseAddress(field.text)?.version;
  if (version !== undefined && `IPv${version}` !== type) {
    field.invalid(`is not an address of ${type}`, `Write an ${type} address, or change addressType`);
  }
  checkEndpointAddress(field);
}

/** Names of zones or nodes, each once. */
function hints(format: typeof LABEL_VALUE): Check {
  return (list) => {
    if (list.size > MOST_HINTS) return list.tooMany(MOST_HINTS);
    const seen = new Set<string>();
    for (const item of list.items()) {
      const name = item.at('name');
      if (seen.has(name.text)) name.duplicate(name.text);
      seen.add(name.text);
      checkFormat(name, format);
    }
  };
}

const endpoint = fields({
  nodeName: mustBe(DNS_SUBDOMAIN),
  hostname: mustBe(DNS_LABEL),
  deprecatedTopology: labels,
  hints: fields({ forZones: hints(LABEL_VALUE), forNodes: hints(DNS_SUBDOMAIN) }),
});

const slicePort = fields({ name: is(DNS_LABEL), protocol: strictlyOneOf('TCP', 'UDP', 'SCTP'), appProtocol });

const slicePorts: Check = (list) => {
  if (list.size > MOST_PORTS) return list.tooMany(MOST_PORTS);
  const seen = new Set<string>();
  for (const item of list.items()) {
    const name = item.at('name');
    slicePort(item);
    if (seen.has(name.text)) name.duplicate('the name of another port');
    seen.add(name.text);
  }
};

export const endpointSlice = all(
  metadata({ name: DNS_SUBDOMAIN }),
  fields({ addressType: required(strictlyOneOf('IPv4', 'IPv6', 'FQDN')), ports: slicePorts }, (slice) => {
    const list = slice.at('endpoints');
    if (list.size > MOST_ENDPOINTS) return list.tooMany(MOST_ENDPOINTS);
    for (const item of list.items()) {
      endpoint(item);
      const addresses = item.at('addresses');
      if (addresses.size === 0) addresses.required();
      if (addresses.size > MOST_ADDRESSES) addresses.tooMany(MOST_ADDRESSES);
      for (const each of addresses.items()) checkAddress(each, slice.at('addressType').text);
    }
  }),
);
