import { hostPathMountsOf } from '../../src/bundle/host-path.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require mounts of files of the node to be read-only',
    why: 'What a container writes to its node stays there, and other programs of the node read it: a mount is writable unless it says otherwise.',
    help: 'Write readOnly: true for the volumeMount {{volume}} of container {{container}}.',
    references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
    covers: ['kube-linter/writable-host-mount'],
    severity: 'warning',
    recommended: false,
    messages: {
      writable:
        'Container {{container}} may write to {{path}} of the node: its volumeMount {{volume}} has no readOnly: true.',
    },
    options: {
      type: 'object',
      properties: {
        paths: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Paths of the node that containers may write to, as globs.',
        },
      },
    },
  },
  check(workload, { options, report }) {
    for (const { container, cursor, volume } of hostPathMountsOf(workload)) {
      const place = cursor.at('readOnly');
      if (place.boolean === true || matchesAnyGlob(volume.path, options.paths)) continue;
      const data = { container: container.name, volume: volume.name, path: volume.path };
      report(place, 'writable', data, { from: [volume.cursor.at('path')] });
    }
  },
});
