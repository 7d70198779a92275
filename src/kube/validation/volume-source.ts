import { all, between, checkFormat, each, fields, fileMode, is, required, strictlyOneOf } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './formats.ts';
import { absolutePath, fileInVolume, relativePath, withoutBacksteps } from './path.ts';

/** The sources that Pods and PersistentVolumes share. Those of old storage are still validated, wherever they are used. */

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

const hostPath = fields({ path: required(withoutBacksteps), type: strictlyOneOf(...HOST_PATH_TYPES) });

const nfs = fields({ server: required() }, (source) => {
  const path = source.at('path');
  if (path.isEmpty) path.required();
  else absolutePath(path);
});

const partition = between(0, 255);
const gcePersistentDisk = fields({ pdName: required(), partition });
const awsElasticBlockStore = fields({ volumeID: required(), partition });

const INITIATORS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    iqn: /iqn\.\d{4}-\d{2}\.([A-Za-z0-9\-.]+)(:[^,;*&$|\s]+)$/,
    eui: /^eui.[A-Za-z0-9]{16}$/,
    naa: /^naa.[A-Za-z0-9]{32}$/,
  }),
);

const initiator: Check = (field) => {
  if (INITIATORS.get(field.text.slice(0, 3))?.test(field.text) !== true) {
    field.invalid('is not an iSCSI name', 'Write a name that begins with iqn, eui or naa');
  }
};

const iscsi = fields(
  { targetPortal: required(), iqn: required(initiator), lun: between(0, 255), initiatorName: initiator },
  (source) => {
    const needsSecret = source.at('chapAuthDiscovery').isTrue || source.at('chapAuthSession').isTrue;
    if (needsSecret && !source.at('secretRef').isSet) source.at('secretRef').required('for CHAP authentication');
  },
);

const fc: Check = (source) => {
  const names = source.at('targetWWNs');
  const ids = source.at('wwids');
  if (names.size + ids.size === 0) names.required('where there are no wwids');
  if (names.size > 0 && ids.size > 0) names.invalid('is set beside wwids', 'Remove targetWWNs or wwids');
  const lun = source.at('lun');
  if (names.size === 0) return;
  if (lun.isSet) between(0, 255)(lun);
  else lun.required('where targetWWNs is set');
};

const flocker: Check = (source) => {
  const name = source.at('datasetName');
  const given = [name, source.at('datasetUUID')].filter((field) => !field.isEmpty);
  if (given.length === 0) source.required('with datasetName or datasetUUID', 'Add datasetName');
  if (given.length === 2) source.invalid('has both datasetName and datasetUUID', 'Remove one of the two');
  if (name.text.includes('/')) name.invalid('contains "/"', 'Write the name without "/"');
};

const flexVolume = fields({ driver: required() }, (source) => {
  for (const [key, value] of source.at('options').entries()) {
    if (/\.(?:kubernetes|k8s)\.io$/.test(`.${key.split('/')[0]?.toLowerCase()}`)) {
      value.invalid('is in a domain of Kubernetes', 'Use a domain of your own');
    }
  }
});

const quobyte = fields({ registry: required(), volume: required() }, (source) => {
  const registry = source.at('registry');
  if (
    registry.text.split(',').some((pair) => !/^(?:\[[^\]]*\]|[^:[\]]*):[^:[\]]*$/.test(pair)) &&
    registry.text !== ''
  ) {
    registry.invalid('is not a list of host:port', 'Write host:port, several with commas between them');
  }
  if (source.at('tenant').text.length >= 65) source.at('tenant').tooLong(64);
});

const azureDisk = fields(
  {
    diskName: required(),
    diskURI: required(),
    cachingMode: strictlyOneOf('None', 'ReadOnly', 'ReadWrite'),
    kind: strictlyOneOf('Dedicated', 'Managed', 'Shared'),
  },
  (disk) => {
    const kind = disk.at('kind').text;
    const uri = disk.at('diskURI');
    const start = kind === 'Managed' ? '/subscriptions/' : 'https://';
    // The kind is Shared where the manifest does not say.
    if (uri.text !== '' && !uri.text.startsWith(start))
      uri.notSupported([`${start}…`], `which is the form for the kind ${kind || 'Shared'}`);
  },
);

const namedSecret = fields({ name: required() });
const secretInNamespace = fields({ name: required(), namespace: required() });
const scaleIO = fields({ gateway: required(), system: required(), volumeName: required() });
const label = is(DNS_LABEL);

/** A name of a driver, which may be a part of what the field says. */
export function checkDriverName(field: Field, text: string): void {
  if (text.length > 63) field.tooLong(63, 'bytes');
  checkFormat(field, DNS_SUBDOMAIN, text.toLowerCase());
}

/** `driver` of a CSI volume. */
export const csiDriverName: Check = (field) => checkDriverName(field, field.text);

const SHARED: Readonly<Record<string, Check>> = {
  hostPath,
  gcePersistentDisk,
  awsElasticBlockStore,
  nfs,
  iscsi,
  flocker,
  quobyte,
  fc,
  flexVolume,
  vsphereVolume: fields({ volumePath: required() }),
  photonPersistentDisk: fields({ pdID: required() }),
  portworxVolume: fields({ volumeID: required() }),
  azureDisk,
  rbd: fields({ monitors: required(), image: required() }),
  cephfs: fields({ monitors: required() }),
  scaleIO,
};

const keyToPath = fields({ key: required(), path: required(fileInVolume), mode: fileMode });

/** Files of a ConfigMap or a Secret. */
const itemsAndMode = { items: each(keyToPath), defaultMode: fileMode };
export const keyItems = each(keyToPath);

/** The sources of Pods alone that need nothing of the Pod. */
export const POD_SOURCES: Readonly<Record<string, Check>> = {
  ...SHARED,
  gitRepo: fields({ repository: required(), directory: relativePath }),
  secret: fields({ secretName: required(), ...itemsAndMode }),
  configMap: fields({ name: required(), ...itemsAndMode }),
  persistentVolumeClaim: fields({ claimName: required() }),
  glusterfs: fields({ endpoints: required(), path: required() }),
  cinder: fields({ volumeID: required(), secretRef: namedSecret }),
  azureFile: fields({ secretName: required(), shareName: required() }),
  storageos: fields({ volumeName: required(label), volumeNamespace: label, secretRef: namedSecret }),
  csi: fields({ driver: required(csiDriverName), nodePublishSecretRef: fields({ name: required(is(DNS_SUBDOMAIN)) }) }),
};

const secretOfDriver = fields({ name: required(is(DNS_SUBDOMAIN)), namespace: required(is(DNS_LABEL)) });

/** The sources of PersistentVolumes. */
export const VOLUME_SOURCES: Readonly<Record<string, Check>> = {
  ...SHARED,
  iscsi: all(iscsi, fields({ secretRef: namedSecret })),
  glusterfs: fields({
    endpoints: required(),
    path: required(),
    endpointsNamespace: (field: Field) => checkFormat(field, DNS_LABEL),
  }),
  cinder: fields({ volumeID: required(), secretRef: secretInNamespace }),
  azureFile: fields({ secretName: required(), shareName: required(), secretNamespace: required() }),
  local: fields({ path: required(withoutBacksteps) }),
  storageos: fields({ volumeName: required(label), volumeNamespace: label, secretRef: secretInNamespace }),
  csi: fields({
    driver: required(csiDriverName),
    volumeHandle: required(),
    controllerPublishSecretRef: secretOfDriver,
    controllerExpandSecretRef: secretOfDriver,
    nodePublishSecretRef: secretOfDriver,
    nodeExpandSecretRef: secretOfDriver,
  }),
};
