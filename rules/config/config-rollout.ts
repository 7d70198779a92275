import type { Bundle } from '../../src/bundle/bundle.ts';
import { isRandom, valuesKeysOf, type ValuesKey } from '../../src/bundle/chart.ts';
import type { EnvironmentReference } from '../../src/bundle/environment.ts';
import type { Workload } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require a change to a ConfigMap to restart the Pods that read it',
    why:
      'Environment variables are read once, when a container starts: without a checksum in the Pod template, an ' +
      'upgrade that changes only the ConfigMap leaves the old settings running.',
    help: {
      missing: 'Add an annotation checksum/config with the sha256sum of the ConfigMap template to the Pod template.',
      misplaced: 'Move {{annotation}} to the annotations of the Pod template.',
      empty: 'Set {{annotation}} to the sha256sum of the ConfigMap template.',
      partial: 'Set {{annotation}} to the sha256sum of the whole template of ConfigMap {{configMap}}.',
    },
    references: [
      'https://helm.sh/docs/howto/charts_tips_and_tricks/#automatically-roll-deployments',
      'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      missing:
        'A change to ConfigMap {{configMap}} does not restart the Pods of {{kind}} {{name}}: the Pod template has no checksum annotation.',
      misplaced:
        'A change to ConfigMap {{configMap}} does not restart the Pods: {{annotation}} is on {{kind}} {{name}}, not on its Pod template.',
      empty: 'A change to ConfigMap {{configMap}} does not restart the Pods: {{annotation}} is empty.',
      partial:
        'A change to {{value}} changes ConfigMap {{configMap}} but does not restart the Pods: {{annotation}} does not cover it.',
    },
    options: {
      type: 'object',
      properties: {
        annotations: {
          type: 'array',
          items: { type: 'string' },
          default: ['*checksum*', '*Checksum*', '*hash*', '*Hash*', '*sha256*', 'rollme'],
          description: 'Annotations of the Pod template that change with the ConfigMap, as globs.',
        },
        except: {
          type: 'array',
          items: { type: 'string' },
          default: ['checksum/secret*', 'checksum/*-secret', 'checksum/*-secrets'],
          description: 'Annotations that match those globs but do not change with the ConfigMap, as globs.',
        },
        reloaders: {
          type: 'array',
          items: { type: 'string' },
          default: [
            'reloader.stakater.com/auto',
            'reloader.stakater.com/search',
            'configmap.reloader.stakater.com/auto',
            'configmap.reloader.stakater.com/reload',
            'wave.pusher.com/update-on-config-change',
          ],
          description:
            'Annotations of the workload or its Pod template, as globs, by which a controller in the cluster restarts ' +
            'the Pods: their value is true, or lists the ConfigMap.',
        },
      },
    },
  },
  isSubject(workload, _options, bundle) {
    return rollsOut(workload) && readReferences(workload, bundle).length > 0;
  },
  check(workload, { bundle, options, report }) {
    const { resource, template } = workload;
    const changing = readReferences(workload, bundle);
    const onWorkload = resource.cursor.at('metadata', 'annotations');
    const onPods = template.at('metadata', 'annotations');

    const left = changing.filter(({ name }) => {
      return ![...onWorkload.entries(), ...onPods.entries()].some(([key, { text = '' }]) => {
        if (!matchesAnyGlob(key, options.reloaders)) return false;
        const listed = text.split(',').map((item) => item.trim());
        return listed.includes('true') || listed.some((item) => item !== '' && matchesAnyGlob(name, [item]));
      });
    });
    const [reference] = left;
    if (reference === undefined) return;

    const isChecksum = ([key]: readonly [string, unknown]): boolean =>
      matchesAnyGlob(key, options.annotations) && !matchesAnyGlob(key, options.except);
    const checksums = onPods.entries().filter(isChecksum);
    const filled = checksums.filter(([, value]) => value.text?.trim());
    const [first] = filled;
    if (first !== undefined) {
      // Helm knows no way to say which checksum is for which ConfigMap.
      if (filled.every(([, value]) => isComputed(value))) reportUncovered(first[0], first[1]);
      return;
    }
    const configMap = reference.name;
    const { kind, name } = resource;
    const [empty] = checksums;
    const [misplaced] = onWorkload.entries().filter(isChecksum);
    if (empty !== undefined) report(empty[1].onKey, 'empty', { configMap, annotation: empty[0] });
    else if (misplaced !== undefined)
      report(misplaced[1].onKey, 'misplaced', { configMap, annotation: misplaced[0], kind, name });
    else report(onPods, 'missing', { configMap, kind, name });

    /** Whatever shows in the Pod template restarts the Pods when it changes. */
    function reportUncovered(annotation: string, place: Cursor): void {
      const covered = valuesKeysOf(template);
      const reported = new Set<string>();
      for (const reading of left) {
        for (const [, value] of readEntries(reading)) {
          const missing = leaves(valuesKeysOf(value)).find(
            (key) => !covered.some((other) => holds(other.path, key.path)),
          );
          if (missing === undefined || reported.has(reading.name)) continue;
          reported.add(reading.name);
          const message = `ConfigMap ${reading.name} reads ${missing.name} here.`;
          const data = { configMap: reading.name, annotation, value: missing.name };
          report(place, 'partial', data, { related: [{ cursor: value, message }] });
        }
      }
    }
  },
});

/** Whether a change of the Pod template replaces the Pods. */
function rollsOut({ resource: { group, kind } }: Workload): boolean {
  if (group === 'batch') return false;
  return !['Pod', 'PodTemplate', 'ReplicaSet', 'ReplicationController'].includes(kind);
}

/** Whether a template computed a checksum: what is written by hand, or is another each time, covers what it likes. */
function isComputed(value: Cursor): boolean {
  return DIGEST.test(value.text ?? '') && !isRandom(value) && !isOneKey(value);
}

/** Whether the values have the very text. */
function isOneKey(value: Cursor): boolean {
  const [key, ...others] = valuesKeysOf(value);
  if (key === undefined || others.length > 0) return false;
  return key.source.text.slice(key.valueRange.start, key.valueRange.end).includes(value.text ?? '');
}

/** What a container reads of a ConfigMap. */
function readEntries({ key, provider }: EnvironmentReference): [key: string, value: Cursor][] {
  const entries = provider?.resource?.cursor.at('data').entries() ?? [];
  return key === undefined ? entries : entries.filter(([name]) => name === key);
}

/** Of keys that contain each other, the inner ones: they say which part of the outer one was read. */
function leaves(keys: readonly ValuesKey[]): ValuesKey[] {
  return keys.filter(({ path }) => !keys.some((other) => other.path.length > path.length && holds(path, other.path)));
}

function holds(path: ValuesKey['path'], inner: ValuesKey['path']): boolean {
  return path.length <= inner.length && path.every((name, index) => inner[index] === name);
}

/** The references to ConfigMaps of the input that can change under the same name. */
function readReferences({ containers }: Workload, bundle: Bundle): EnvironmentReference[] {
  return containers
    .flatMap((container) => bundle.environmentOf(container).references)
    .filter(({ kind, name, provider }) => {
      if (kind !== 'ConfigMap' || provider?.resource === undefined) return false;
      return provider.resource.cursor.at('immutable').boolean !== true && !CONTENT_HASH.test(name);
    });
}

/** MD5, SHA-1, SHA-224, SHA-256 or longer, whole or cut. */
const DIGEST = /^[0-9a-f]{7,128}$/;

/** Kustomize's suffix (ten letters of its own alphabet), or at least eight hexadecimal digits. */
const CONTENT_HASH = /-(?:[2456789bcdfghkmt]{10}|(?=[a-f]*[0-9])[0-9a-f]{8,64})$/;
