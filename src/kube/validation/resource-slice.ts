import { all, fields, is, mustBe, notNegative, required, withSpec } from './checks.ts';
import { atMost, checkQualifiedName, uniqueItems } from './device.ts';
import type { Check, Field } from './field.ts';
import { bytesOf, DNS_LABEL, DNS_SUBDOMAIN, type Format } from './formats.ts';
import { metadata } from './metadata.ts';
import { nodeSelector } from './selector.ts';
import { csiDriverName } from './volume-source.ts';

const MOST_DEVICES = 128;
/** Attributes and capacities of a device together. */
const MOST_PROPERTIES = 32;
const LONGEST_VALUE = 64;

const SEMANTIC_VERSION: Format = {
  name: 'a semantic version',
  rule: 'a version of three numbers, as in 1.2.3 or 1.2.3-beta.1',
  test: (text) =>
    /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/.test(
      text,
    ),
};

const poolName: Check = (field) => {
  if (field.text.length > 253) field.tooLong(253);
  if (!field.text.split('/').every((part) => DNS_SUBDOMAIN.test(part))) {
    field.invalid('is not a name of a pool', 'Use DNS subdomains, with "/" between them');
  }
};

const atMostLongest: Check = (field) => {
  if (bytesOf(field.text) > LONGEST_VALUE) field.tooLong(LONGEST_VALUE, 'bytes');
};

const attribute = fields({ string: atMostLongest, version: all(mustBe(SEMANTIC_VERSION), atMostLongest) }, (each) => {
  const set = ['bool', 'int', 'string', 'version'].filter((name) => each.at(name).isSet);
  if (set.length !== 1) each.invalid('does not have exactly one value', 'Write one of bool, int, string and version');
});

/** What only features need that are off is dropped: taints, counters, and the nodes of single devices. */
const device = fields({ name: required(is(DNS_LABEL)) }, (each) => {
  const attributes = each.at('attributes');
  const capacity = each.at('capacity');
  if (attributes.size + capacity.size > MOST_PROPERTIES) {
    each.invalid(
      `has more than ${MOST_PROPERTIES} attributes and capacities`,
      `Use at most ${MOST_PROPERTIES} of both together`,
    );
  }
  for (const [name, value] of attributes.entries()) {
    checkQualifiedName(value, name);
    attribute(value);
  }
  for (const [name, value] of capacity.entries()) checkQualifiedName(value, name);
});

/** Which nodes have the devices. */
function checkNodes(spec: Field): void {
  const name = spec.at('nodeName');
  const selector = spec.at('nodeSelector');
  const all = spec.at('allNodes');
  if (name.isSet && name.isEmpty) name.invalid('is empty', 'Remove nodeName, or name a node');
  else is(DNS_SUBDOMAIN)(name);
  if (selector.isSet) {
    nodeSelector(selector);
    const terms = selector.at('nodeSelectorTerms');
    if (terms.size !== 1) terms.invalid('does not have exactly one term', 'Write one term');
  }
  if (all.isFalse) all.invalid('is false', 'Remove allNodes, or write true');
  const set = [!name.isEmpty, selector.isSet, all.isTrue].filter(Boolean);
  if (set.length === 0) spec.required('with nodeName, nodeSelector or allNodes', 'Add nodeName');
  else if (set.length > 1) {
    spec.invalid('has more than one of nodeName, nodeSelector and allNodes', 'Remove all but one');
  }
}

export const resourceSlice = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields(
      {
        driver: required(csiDriverName),
        devices(list) {
          if (!atMost(MOST_DEVICES)(list)) return;
          for (const item of list.items()) device(item);
          uniqueItems('the name', (item) => item.at('name').text)(list);
        },
      },
      (spec) => {
        const pool = spec.at('pool');
        const count = pool.at('resourceSliceCount');
        if (pool.at('name').isEmpty) pool.at('name').required();
        else poolName(pool.at('name'));
        if ((count.number ?? 0) <= 0) count.invalid(count.isSet ? 'is not above 0' : 'is missing', 'Write 1 or more');
        notNegative(pool.at('generation'));
      },
      checkNodes,
    ),
  ),
);
