import type { Bundle } from '../../src/bundle/bundle.ts';
import { carriesAnyKey, type ConfigMapFilter } from '../../src/bundle/config-map-filter.ts';
import type { EnvironmentReference } from '../../src/bundle/environment.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require every container to read its settings from the ConfigMap with envFrom',
    why:
      'A container that does not read the ConfigMap takes its settings from somewhere else, or runs on defaults: ' +
      'changes to the ConfigMap never reach it.',
    help: {
      noConfigMap: 'Add a configMapRef that names the ConfigMap to envFrom of container {{container}}.',
      otherConfigMap: 'Add a configMapRef that names {{expected}} to envFrom of container {{container}}.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#configure-all-key-value-pairs-in-a-configmap-as-container-environment-variables',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      noConfigMap: 'Container {{container}} reads no ConfigMap with envFrom.',
      otherConfigMap: 'Container {{container}} reads {{found}} with envFrom, but not {{expected}}.',
    },
    options: {
      type: 'object',
      properties: {
        configMaps: {
          type: 'object',
          default: {},
          description: 'Which ConfigMaps to accept: those that match every list given; all by default.',
          properties: {
            names: { type: 'array', items: { type: 'string' }, description: 'Names of ConfigMaps, as globs.' },
            withKeys: {
              type: 'array',
              items: { type: 'string' },
              description: 'Keys, as globs; a ConfigMap that has at least one of them is accepted, whatever its name.',
            },
          },
        },
        types: {
          type: 'array',
          items: { type: 'string', enum: ['container', 'sidecar', 'init', 'ephemeral'] },
          default: ['container', 'sidecar'],
          description: 'Types of containers that must read the ConfigMap.',
        },
      },
    },
  },
  isSubject(container, options) {
    return options.types.includes(container.type);
  },
  check(container, context) {
    const { bundle, options } = context;
    const read = bundle
      .environmentOf(container)
      .references.filter(({ via, kind }) => via === 'envFrom' && kind === 'ConfigMap');
    if (read.some((reference) => isMeant(reference, options.configMaps))) return;
    if (read.some((reference) => mayBeMistyped(reference, bundle))) return;
    const place = container.cursor.at('envFrom');
    if (read.length === 0) {
      context.report(place, 'noConfigMap', { container: container.name });
    } else {
      const found = read.map(({ name }) => name).join(', ');
      context.report(place, 'otherConfigMap', {
        container: container.name,
        found,
        expected: describeFilter(options.configMaps),
      });
    }
  },
});

/** Whether a reference names one of the ConfigMaps that count, as far as that is known. */
function isMeant(reference: EnvironmentReference, { names, withKeys }: ConfigMapFilter): boolean {
  const { name, provider } = reference;
  if (names !== undefined && !matchesAnyGlob(name, names)) return false;
  if (withKeys === undefined) return provider !== undefined || names !== undefined;
  return provider !== undefined && (!provider.hasAllKeys || carriesAnyKey(reference, withKeys));
}

/**
 * A wrong name is another rule's finding, and not also this one's. An optional ConfigMap may be absent on purpose, unless
 * its name is nearly that of one in the input.
 */
function mayBeMistyped({ name, isOptional, provider }: EnvironmentReference, bundle: Bundle): boolean {
  if (provider !== undefined) return false;
  if (bundle.mayHold('ConfigMap', name)) return true;
  return !isOptional || nearMiss(name, new Set(bundle.configMaps.map((configMap) => configMap.name))) !== undefined;
}

function describeFilter({ names, withKeys }: ConfigMapFilter): string {
  const named = names === undefined ? 'a ConfigMap' : `ConfigMap ${names.join(' or ')}`;
  return withKeys === undefined ? named : `${named} with ${some(withKeys)}`;
}

function some(keys: readonly string[]): string {
  return keys.length <= 3 ? keys.join(' or ') : `a key such as ${keys.slice(0, 3).join(', ')}`;
}
