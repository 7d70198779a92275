import { mountedHostPaths } from '../../src/bundle/host-path.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid mounts of the folders from which a node is controlled',
    why:
      'Whoever reads /etc or /var/lib/docker of a node has its keys; whoever writes to them has the node. ' +
      'A volume that no container mounts is not reported, as with kube-linter, and a slash at the end of a path changes nothing.',
    help: 'Mount only the folder or file that the program needs, with readOnly: true, or remove volume {{volume}}.',
    references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
    covers: ['kube-linter/sensitive-host-mounts', 'trivy/KSV-0121'],
    severity: 'error',
    recommended: false,
    messages: {
      sensitive: 'Volume {{volume}}, which is {{path}} of the node, is mounted by {{containers}}.',
    },
    options: {
      type: 'object',
      properties: {
        paths: {
          type: 'array',
          items: { type: 'string' },
          default: ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr', '/var/lib/docker'],
          description: 'Paths of the node that no container may mount, as globs.',
        },
      },
    },
  },
  check(workload, { options, report }) {
    for (const { volume, containers } of mountedHostPaths(workload, options.paths)) {
      const data = { volume: volume.name, path: volume.path, containers: enumerate(containers) };
      report(volume.cursor.at('path'), 'sensitive', data);
    }
  },
});
