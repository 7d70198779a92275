import { hostPathVolumesOf } from '../../src/bundle/host-path.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid volumes that are a folder, file or socket of the node',
    why: 'A hostPath reaches out of the container: it shows files of the node and of other Pods, and what is written there runs with their rights.',
    help: 'Use another kind of volume for {{volume}}: emptyDir, persistentVolumeClaim, configMap, secret or projected.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
    ],
    covers: ['polaris/hostPathSet', 'trivy/KSV-0023', 'pod-security/hostPathVolumes'],
    severity: 'error',
    recommended: false,
    messages: {
      hostPath: 'Volume {{volume}} is {{path}} of the node.',
      withoutPath: 'Volume {{volume}} is a hostPath without a path.',
    },
    options: {
      type: 'object',
      properties: {
        paths: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Paths of the node that a volume may be, as globs.',
        },
      },
    },
  },
  check(workload, { options, report }) {
    for (const { name: volume, cursor, path } of hostPathVolumesOf(workload)) {
      if (path === '') report(cursor.at('path'), 'withoutPath', { volume });
      else if (!matchesAnyGlob(path, options.paths)) report(cursor.at('path'), 'hostPath', { volume, path });
    }
  },
});
