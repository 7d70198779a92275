import { ipRange, isStrictlyInside, parseRange } from './address.ts';
import { all, each, fields, portNumber, required, strictlyOneOf, withSpec } from './checks.ts';
import type { Check } from './field.ts';
import { DNS_SUBDOMAIN } from './formats.ts';
import { metadata } from './metadata.ts';
import { port } from './port.ts';
import { labelSelector } from './selector.ts';

const policyPort = fields({ protocol: strictlyOneOf('TCP', 'UDP', 'SCTP'), port }, (each) => {
  const first = each.at('port');
  const last = each.at('endPort');
  if (!last.isSet) return;
  if (first.number === undefined) {
    last.invalid(
      first.isSet ? 'is set, but port is not a number' : 'is set without port',
      'Write port as a number, or remove endPort',
    );
    return;
  }
  if ((last.number ?? 0) < first.number) last.invalid('is less than port', 'Write port or more');
  portNumber(last);
});

const ipBlock = fields({ cidr: required(ipRange) }, (block) => {
  const outer = parseRange(block.at('cidr').text);
  if (outer === undefined) return;
  for (const item of block.at('except').items()) {
    ipRange(item);
    const inner = parseRange(item.text);
    if (inner !== undefined && !isStrictlyInside(inner, outer)) {
      item.invalid('is not a part of cidr', 'Write a smaller range that lies inside of cidr');
    }
  }
});

const peer = fields({ podSelector: labelSelector, namespaceSelector: labelSelector, ipBlock }, (each) => {
  const hasSelector = each.at('podSelector').isSet || each.at('namespaceSelector').isSet;
  const block = each.at('ipBlock');
  if (!hasSelector && !block.isSet) {
    each.required('with podSelector, namespaceSelector or ipBlock', 'Add podSelector, namespaceSelector or ipBlock');
  }
  if (hasSelector && block.isSet) block.forbidden('beside a selector', 'Make it a peer of its own');
});

const policyTypes: Check = (list) => {
  if (list.size > 2) list.invalid('has more than 2 items', 'Write Ingress, Egress or both');
  else each(strictlyOneOf('Ingress', 'Egress'))(list);
};

export const networkPolicy = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields({
      podSelector: labelSelector,
      policyTypes,
      ingress: each(fields({ ports: each(policyPort), from: each(peer) })),
      egress: each(fields({ ports: each(policyPort), to: each(peer) })),
    }),
  ),
);
