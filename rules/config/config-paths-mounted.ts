import type { Bundle } from '../../src/bundle/bundle.ts';
import type { Variable } from '../../src/bundle/environment.ts';
import { readMounts } from '../../src/bundle/mount.ts';
import type { Container } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { isInside, normalizePath } from '../../src/text/path.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require the configured paths of a container to be inside its volume mounts',
    why:
      'What a container writes outside its volumes is lost when it restarts, and cannot be written at all where the ' +
      'root file system or the mount is read-only.',
    help: {
      relative: 'Change {{key}} to an absolute path below a volume mount.',
      unexpanded: 'Write the full path in {{key}}.',
      outside: 'Mount a volume of container {{container}} at {{path}} or above, or correct {{key}}.',
      readOnly: 'Mount a writable volume at {{mount}}, or move {{key}} to a writable mount.',
    },
    references: ['https://kubernetes.io/docs/concepts/storage/volumes/'],
    severity: 'error',
    recommended: false,
    messages: {
      relative: '{{key}} of container {{container}} is not an absolute path.',
      unexpanded: '{{key}} of container {{container}} contains a $(…) that the kubelet does not expand.',
      outside:
        '{{key}} of container {{container}} is {{path}}, which is not inside any of its volume mounts{{mounts}}.',
      readOnly: '{{key}} of container {{container}} is {{path}}, which is inside the read-only mount {{mount}}.',
    },
    options: {
      type: 'object',
      properties: {
        keys: {
          type: 'array',
          items: { type: 'string' },
          minItems: 1,
          description: 'Names of environment variables that hold paths, as globs.',
        },
        writable: {
          type: 'boolean',
          default: true,
          description: 'Whether the container must be able to write to these paths.',
        },
      },
      required: ['keys'],
    },
  },
  isSubject(container, { keys }, bundle) {
    return pathVariables(container, keys, bundle).length > 0;
  },
  check(container, { bundle, options, report }) {
    const mounts = readMounts(container).toSorted((a, b) => b.path.length - a.path.length);
    for (const { name: key, value, place } of pathVariables(container, options.keys, bundle)) {
      const names = { key, container: container.name };
      const path = normalizePath(value.trim());
      if (/\$\([^()]+\)/.test(value)) {
        report(place, 'unexpanded', names);
      } else if (path === undefined) {
        report(place, 'relative', names);
      } else {
        const mount = mounts.find((candidate) => isInside(path, candidate.path));
        if (mount === undefined) {
          const known = mounts.map((candidate) => candidate.path).toSorted();
          const related = {
            cursor: container.cursor.at('volumeMounts'),
            message: `Container ${container.name} is here.`,
          };
          const shown = known.length === 0 ? '' : ` (${known.join(', ')})`;
          report(place, 'outside', { ...names, path, mounts: shown }, { related: [related] });
        } else if (options.writable && !mount.isWritable) {
          const related = { cursor: mount.cursor.at('mountPath'), message: `The mount is here.` };
          const from = [mount.cursor.at('mountPath'), mount.cursor.at('readOnly')];
          report(place, 'readOnly', { ...names, path, mount: mount.path }, { related: [related], from });
        }
      }
    }
  },
});

type PathVariable = Variable & { readonly value: string; readonly place: Cursor };

/** The variables with these names whose value is known. */
function pathVariables(container: Container, keys: readonly string[], bundle: Bundle): PathVariable[] {
  if (container.type !== 'container' && container.type !== 'sidecar') return [];
  return [...bundle.environmentOf(container).variables.values()].filter(
    (variable): variable is PathVariable =>
      variable.value !== undefined && variable.place !== undefined && matchesAnyGlob(variable.name, keys),
  );
}
