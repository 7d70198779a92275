import {
  all,
  between,
  checkFormat,
  each,
  fields,
  is,
  mustBe,
  notNegative,
  oneOf,
  required,
  strictlyOneOf,
  unique,
  withFeature,
  withSpec,
} from './checks.ts';
import type { Check } from './field.ts';
import { DNS_SUBDOMAIN, QUALIFIED_NAME } from './formats.ts';
import { bytesOfMap, metadata } from './metadata.ts';
import { inlineVolume } from './persistent-volume.ts';
import { notNegativeQuantity } from './quantity.ts';
import { labelKey, labelSelector } from './selector.ts';
import { csiDriverName } from './volume-source.ts';

const provisioner = required((field) => checkFormat(field, QUALIFIED_NAME, field.text.toLowerCase()));

const MOST_PARAMETERS = 512;
const LARGEST_PARAMETERS = 256 * 1024;

const parameters: Check = (map) => {
  if (map.size > MOST_PARAMETERS) return map.tooLong(MOST_PARAMETERS, 'parameters');
  if (map.has('')) map.invalid('has an empty key', 'Give each parameter a name');
  if (bytesOfMap(map) > LARGEST_PARAMETERS) map.tooLong(LARGEST_PARAMETERS, 'bytes');
};

const topologyTerm = fields({}, (term) => {
  const seen = new Set<string>();
  for (const expression of term.at('matchLabelExpressions').items()) {
    const key = expression.at('key');
    const values = expression.at('values');
    labelKey(key);
    if (values.size === 0) values.required();
    const texts = values.texts();
    for (const [index, value] of values.items().entries()) {
      if (texts.indexOf(value.text) < index) value.duplicate('another value');
    }
    if (seen.has(key.text)) key.duplicate(`the key ${key.text}`);
    seen.add(key.text);
  }
});

const allowedTopologies: Check = (list) => {
  each(topologyTerm)(list);
  // A term without expressions counts as one that was there before.
  const seen = new Set(['[]']);
  for (const term of list.items()) {
    const expressions = term.at('matchLabelExpressions').items();
    const said = JSON.stringify(
      expressions.map((each) => [each.at('key').text, each.at('values').texts().toSorted()]).toSorted(),
    );
    if (seen.has(said)) term.at('matchLabelExpressions').duplicate('another term');
    seen.add(said);
  }
};

export const storageClass = all(
  metadata({ name: DNS_SUBDOMAIN }),
  fields({
    provisioner,
    parameters,
    reclaimPolicy: oneOf('Delete', 'Retain'),
    volumeBindingMode: strictlyOneOf('Immediate', 'WaitForFirstConsumer'),
    allowedTopologies,
  }),
);

export const volumeAttributesClass = all(
  metadata({ name: DNS_SUBDOMAIN }),
  fields({ driverName: provisioner, parameters: required(parameters) }),
);

const TEN_MINUTES = 600;

const tokenRequests: Check = (list) => {
  const seen = new Set<string>();
  for (const request of list.items()) {
    const audience = request.at('audience');
    if (seen.has(audience.text)) audience.duplicate('another audience');
    seen.add(audience.text);
    between(TEN_MINUTES, 2 ** 32)(request.at('expirationSeconds'));
  }
};

export const csiDriver = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields(
      {
        fsGroupPolicy: strictlyOneOf('File', 'None', 'ReadWriteOnceWithFSType'),
        tokenRequests,
        volumeLifecycleModes: each(strictlyOneOf('Persistent', 'Ephemeral')),
        nodeAllocatableUpdatePeriodSeconds: withFeature('mutableAllocatable', (field) => {
          if ((field.number ?? 0) < 10) field.invalid('is less than 10', 'Write 10 or more');
        }),
      },
      (spec) => {
        const inSecrets = spec.at('serviceAccountTokenInSecrets');
        if (inSecrets.isSet && spec.at('tokenRequests').size === 0 && spec.api.has('tokensInSecrets')) {
          inSecrets.invalid('is set without tokenRequests', 'Add tokenRequests, or remove the field');
        }
      },
    ),
  ),
);

const LONGEST_NODE_ID = 256;

const nodeDriver = fields({
  name: required(csiDriverName),
  nodeID: required((field) => {
    if (field.text.length > LONGEST_NODE_ID)
      field.invalid(`is longer than ${LONGEST_NODE_ID} characters`, 'Use a shorter ID');
  }),
  allocatable: fields({ count: notNegative }),
  topologyKeys: each(mustBe(QUALIFIED_NAME)),
});

const nodeDrivers: Check = (list) => {
  each(nodeDriver)(list);
  unique('the driver', (driver) => driver.at('name'))(list);
  each((driver) => unique('the key', (key) => key)(driver.at('topologyKeys')))(list);
};

export const csiNode = all(metadata({ name: DNS_SUBDOMAIN }), withSpec(fields({ drivers: nodeDrivers })));

export const csiStorageCapacity = all(
  metadata({ name: DNS_SUBDOMAIN }),
  fields({ nodeTopology: labelSelector, capacity: notNegativeQuantity }, (object) => {
    mustBe(DNS_SUBDOMAIN)(object.at('storageClassName'));
  }),
);

export const volumeAttachment = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields({ attacher: required(csiDriverName), nodeName: required(is(DNS_SUBDOMAIN)) }, (spec) => {
      const source = spec.at('source');
      const name = source.at('persistentVolumeName');
      const inline = source.at('inlineVolumeSpec');
      if (!name.isSet && !inline.isSet) source.required('with persistentVolumeName', 'Add persistentVolumeName');
      else if (name.isSet && inline.isSet) inline.forbidden('beside persistentVolumeName');
      else if (name.isSet && name.isEmpty) name.required();
      else if (name.isSet) is(DNS_SUBDOMAIN)(name);
      else inlineVolume(inline);
    }),
  ),
);
