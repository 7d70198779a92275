import { all, fields, is, onlyOne, strictlyOneOf, withSpec } from './checks.ts';
import { accessModes, className, volumeMode } from './claim.ts';
import type { Check, Field } from './field.ts';
import { DNS_SUBDOMAIN } from './formats.ts';
import { metadata } from './metadata.ts';
import { positiveQuantity } from './quantity.ts';
import { nodeSelector } from './selector.ts';
import { VOLUME_SOURCES } from './volume-source.ts';

const capacity: Check = (spec) => {
  const field = spec.at('capacity');
  if (field.size === 0) field.required('with the key storage');
  else if (!field.has('storage') || field.size > 1) field.notSupported(['storage'], 'the only key that there can be');
  for (const [, amount] of field.entries()) positiveQuantity(amount);
};

const nodeAffinity: Check = (field) => {
  const selector = field.at('required');
  if (selector.isSet) nodeSelector(selector);
  else selector.required();
};

const sources: Check = (spec) => {
  onlyOne(Object.keys(VOLUME_SOURCES), 'type of volume')(spec);
  const affinity = spec.at('nodeAffinity');
  if (spec.at('local').isSet && !affinity.isSet) affinity.required('for a local volume');
  const policy = spec.at('persistentVolumeReclaimPolicy');
  const isRoot = /^\/[/.]*$/.test(spec.at('hostPath', 'path').text) && spec.at('hostPath').isSet;
  if (isRoot && policy.text === 'Recycle') policy.forbidden('to be Recycle for the host path "/"', 'Write Retain');
};

const attributesClass: Check = (spec) => {
  const name = spec.at('volumeAttributesClassName');
  if (!name.isSet || !name.api.has('volumeAttributesClass')) return;
  if (name.isEmpty) name.required();
  if (!spec.at('csi').isSet) spec.at('csi').required('where volumeAttributesClassName is set');
};

const spec = {
  accessModes,
  persistentVolumeReclaimPolicy(field: Field) {
    if (field.text !== '') strictlyOneOf('Delete', 'Recycle', 'Retain')(field);
  },
  storageClassName: className,
  volumeMode,
  volumeAttributesClassName: is(DNS_SUBDOMAIN),
  nodeAffinity,
  ...VOLUME_SOURCES,
};

export const persistentVolume = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(fields(spec, capacity, sources, attributesClass)),
);

/** A volume without an object of its own. */
export const inlineVolume = fields({ accessModes, ...VOLUME_SOURCES }, sources, (volume) => {
  if (!volume.at('csi').isSet) volume.at('csi').required('of an inline volume');
  for (const name of ['claimRef', 'nodeAffinity']) {
    if (volume.at(name).isSet) volume.at(name).forbidden('in an inline volume');
  }
  for (const name of ['capacity', 'storageClassName']) {
    if (!volume.at(name).isEmpty) volume.at(name).forbidden('in an inline volume');
  }
  const policy = volume.at('persistentVolumeReclaimPolicy');
  if (!['', 'Retain'].includes(policy.text))
    policy.forbidden('to be anything but Retain in an inline volume', 'Write Retain');
  const mode = volume.at('volumeMode');
  if (mode.isSet && mode.text !== 'Filesystem') {
    mode.forbidden('to be anything but Filesystem in an inline volume', 'Write Filesystem');
  }
});
