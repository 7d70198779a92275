import { volumesOf } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { isGlob, matchesAnyGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';
import { normalizePath } from '../../src/text/path.ts';
import { enumerate } from '../../src/text/enumerate.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require every hostPath to be an allowed path that already exists on the node',
    why:
      'A hostPath reaches into the node: an unplanned one is a hole in the isolation of the Pod, and a type that ' +
      'creates the folder hides that the node was never prepared.',
    help: {
      notAllowed: 'Use another kind of volume, or change the path to one that the policy allows.',
      misspelt: 'Change the path to {{suggestion}}.',
      creates: 'Change the type to {{expected}}.',
      wrongType: 'Change the type to {{expected}}.',
      untyped: 'Add a type to the hostPath: {{expected}}.',
    },
    references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
    severity: 'error',
    recommended: false,
    messages: {
      notAllowed: 'Volume {{volume}} mounts {{path}} from the node, which is not an allowed hostPath.',
      misspelt:
        'Volume {{volume}} mounts {{path}} from the node, which is not an allowed hostPath (did you mean {{suggestion}}?).',
      creates:
        'The hostPath of volume {{volume}} has type {{type}}, which creates {{path}} if it does not exist; expected {{expected}}.',
      wrongType: 'The hostPath of volume {{volume}} has type {{type}}; expected {{expected}}.',
      untyped:
        'The hostPath of volume {{volume}} has no type, so nothing checks that {{path}} exists; expected {{expected}}.',
    },
    severities: { untyped: 'warning' },
    options: {
      type: 'object',
      properties: {
        paths: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Paths on the node that may be mounted, as globs; none by default.',
        },
        types: {
          type: 'array',
          items: { type: 'string' },
          default: ['Directory', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
          description: 'Types that a hostPath may have.',
        },
      },
    },
  },
  check(workload, { options, report }) {
    const { paths, types } = options;
    const expected = enumerate(types, 'or');
    for (const item of volumesOf(workload)) {
      const volume = item.at('name').text ?? '';
      const hostPath = item.at('hostPath');
      const written = hostPath.at('path').string;
      if (written === undefined) continue;

      const path = normalizePath(written) ?? written;
      if (!paths.some((glob) => matchesAnyGlob(path, [glob, normalizePath(glob) ?? glob]))) {
        const suggestion = nearMiss(
          path,
          paths.filter((allowed) => !isGlob(allowed)),
        );
        if (suggestion === undefined) report(hostPath.at('path'), 'notAllowed', { volume, path });
        else report(hostPath.at('path'), 'misspelt', { volume, path, suggestion });
        continue;
      }
      const place = hostPath.at('type');
      if (!place.exists || place.isNull || place.string === '') {
        if (!types.includes('')) report(place, 'untyped', { volume, path, expected }, { from: [hostPath.at('path')] });
      } else if (place.string !== undefined && !types.includes(place.string)) {
        const type = place.string;
        if (type.endsWith('OrCreate'))
          report(place, 'creates', { volume, path, type, expected }, { from: [hostPath.at('path')] });
        else report(place, 'wrongType', { volume, type, expected });
      }
    }
  },
});
