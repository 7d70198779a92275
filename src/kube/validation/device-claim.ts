import { all, each, fields, is, required, withSpec } from './checks.ts';
import type { Check, Field } from './field.ts';
import { bytesOf, DNS_LABEL, DNS_SUBDOMAIN } from './formats.ts';
import { atMost, fullyQualifiedName, uniqueItems } from './device.ts';
import { metadata, templateMetadata } from './metadata.ts';
import { csiDriverName } from './volume-source.ts';

const MOST_ITEMS = 32;
const MOST_ALTERNATIVES = 8;
/** Of an expression, and of the parameters of a driver, in bytes. */
const LONGEST_TEXT = 10 * 1024;

const expression: Check = (field) => {
  if (field.isEmpty) field.invalid(field.isSet ? 'is empty' : 'is missing', 'Write an expression in CEL');
  else if (bytesOf(field.text) > LONGEST_TEXT) field.tooLong(LONGEST_TEXT, 'bytes');
  else field.validation.expressions?.checkSelector(field);
};

const selectors: Check = (list) => {
  if (!atMost(MOST_ITEMS)(list)) return;
  for (const selector of list.items()) {
    const cel = selector.at('cel');
    if (cel.isSet) expression(cel.at('expression'));
    else cel.required();
  }
};

/** How many devices of which class. Tolerations and capacities are dropped: their features are off. */
const demand = fields({ deviceClassName: required(is(DNS_SUBDOMAIN)), selectors }, (each) => {
  const mode = each.at('allocationMode');
  const count = each.at('count');
  const amount = count.number ?? 0;
  // The mode is ExactCount where the manifest does not say, and the count of that is 1.
  if (mode.text === 'All') {
    if (amount !== 0) count.invalid('is set, but allocationMode is All', 'Remove count');
  } else if (mode.text === 'ExactCount' || mode.isEmpty) {
    if (amount < 0) count.invalid('is not above 0', 'Write 1 or more');
  } else mode.notSupported(['All', 'ExactCount']);
});

const alternative = all(fields({ name: required(is(DNS_LABEL)) }), demand);

const request = fields({ name: required(is(DNS_LABEL)) }, (each) => {
  const exactly = each.at('exactly');
  const alternatives = each.at('firstAvailable');
  if (exactly.isSet && alternatives.size > 0) {
    each.invalid('has both exactly and firstAvailable', 'Remove one of the two');
  } else if (exactly.isSet) demand(exactly);
  else if (alternatives.size === 0) each.required('with exactly or firstAvailable', 'Add exactly or firstAvailable');
  else if (atMost(MOST_ALTERNATIVES)(alternatives)) {
    for (const item of alternatives.items()) alternative(item);
    uniqueItems('the name', (item) => item.at('name').text)(alternatives);
  }
});

/** The names of the requests of a claim, and of their alternatives after a slash. */
function namesOf(devices: Field): ReadonlySet<string> {
  return new Set(
    devices
      .at('requests')
      .items()
      .flatMap((each) => {
        const name = each.at('name').text;
        const others = each.at('firstAvailable').items();
        return [name, ...others.map((other) => `${name}/${other.at('name').text}`)];
      }),
  );
}

function references(names: ReadonlySet<string>): Check {
  return (list) => {
    if (!atMost(MOST_ITEMS)(list)) return;
    for (const name of list.items()) {
      if (!names.has(name.text))
        name.invalid('is not the name of a request of the claim', 'Name a request, or request/alternative');
    }
    uniqueItems('the request', (name) => name.text)(list);
  };
}

const opaque = fields({ driver: required(csiDriverName) }, (each) => {
  const parameters = each.at('parameters');
  const { node } = parameters;
  if (node === undefined) parameters.required();
  else if (node.kind !== 'mapping') parameters.invalid('is not an object', 'Write the parameters as a mapping');
});

const configuration: Check = (each) => {
  if (each.at('opaque').isSet) opaque(each.at('opaque'));
  else each.at('opaque').required();
};

const configurations = (check: Check): Check => {
  return (list) => {
    if (atMost(MOST_ITEMS)(list)) each(check)(list);
  };
};

const devices: Check = (field) => {
  const names = namesOf(field);
  const named = references(names);
  const constraint: Check = (each) => {
    named(each.at('requests'));
    // distinctAttribute is dropped: the feature is off.
    const attribute = each.at('matchAttribute');
    if (attribute.isSet) fullyQualifiedName(attribute);
    else attribute.required();
  };
  fields({
    requests(list) {
      if (!atMost(MOST_ITEMS)(list)) return;
      for (const item of list.items()) request(item);
      uniqueItems('the name', (item) => item.at('name').text)(list);
    },
    constraints: configurations(constraint),
    config: configurations(all(fields({ requests: named }), configuration)),
  })(field);
};

export const resourceClaim = all(metadata({ name: DNS_SUBDOMAIN }), withSpec(fields({ devices })));

/** Of claims that are made from a template, the API server names and owns them. */
const claimMetadata: Check = (field) => {
  templateMetadata(field);
  for (const [name, value] of field.entries()) {
    // An empty list is there; an empty text is not.
    const isThere = value.node?.kind === 'scalar' ? !value.isEmpty : value.isSet;
    if (isThere && !['labels', 'annotations'].includes(name)) value.forbidden('in a template');
  }
};

export const resourceClaimTemplate = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(fields({ metadata: claimMetadata, spec: fields({ devices }) })),
);

export const deviceClass = all(
  metadata({ name: DNS_SUBDOMAIN, checksPrefix: false }),
  withSpec(fields({ selectors, config: configurations(configuration) })),
);
