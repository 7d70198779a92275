import { isGiven } from '../../src/bundle/security-context.ts';
import { volumesOf } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const TYPES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** All others that the API has. What it does not know it drops, and a volume without a type is an emptyDir. */
const OTHERS = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'azureDisk',
  'vsphereVolume',
  'quobyte',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
];

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid types of volumes that reach past Kubernetes to the node or to storage',
    why:
      'A volume of another type is mounted by the node as root, and whoever writes the Pod chooses the server, the device or the path. ' +
      'With a PersistentVolumeClaim the administrator has chosen it.',
    help: 'Change volume {{volume}} to one of {{expected}}.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/concepts/storage/volumes/',
    ],
    covers: ['trivy/KSV-0028', 'pod-security/restrictedVolumes'],
    severity: 'warning',
    recommended: false,
    messages: {
      type: 'Volume {{volume}} has the type {{type}}.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: TYPES,
          description: 'Types that a volume may have.',
        },
      },
    },
  },
  check(workload, { options, report }) {
    for (const volume of volumesOf(workload)) {
      const types = volume.entries().filter(([, source]) => isGiven(source));
      if (types.some(([type]) => options.allow.includes(type))) continue;
      const found = types.find(([type]) => OTHERS.includes(type) || TYPES.includes(type));
      if (found === undefined) continue;
      const [type, source] = found;
      report(source.onKey, 'type', {
        volume: volume.at('name').text ?? '',
        type,
        expected: enumerate(options.allow, 'or'),
      });
    }
  },
});
