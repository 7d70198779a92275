import { all, fields, is, onlyOne, strictlyOneOf, withSpec } from './checks.ts';
import { accessModes, className, volumeMode } from './claim.ts';
import type { Check } from './field.ts';
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

export const persistentVolume = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields(
      {
        accessModes,
        persistentVolumeReclaimPolicy(field) {
          if (field.text !== '') strictlyOneOf('Delete', 'Recycle', 'Retain')(field);
        },
        storageClassName: className,
        volumeMode,
        volumeAttributesClassName: is(DNS_SUBDOMAIN),
        nodeAffinity,
        ...VOLUME_SOURCES,
      },
      capacity,
      sources,
      attributesClass,
    ),
  ),
);
