import { carriesAnyKey, type ConfigMapFilter } from '../../src/bundle/config-map-filter.ts';
import type { EnvironmentReference } from '../../src/bundle/environment.ts';
import { isLongRunning } from '../../src/bundle/workload.ts';
import { isSet, PROBE_FIELDS, PROBE_NAMES, probeOf } from '../../src/kube/probe.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { enumerate } from '../../src/text/enumerate.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require a container with probes to read its ConfigMap, and a container that reads it to have probes',
    why:
      'A probe asks whether the application came up with its configuration: without the ConfigMap it proves nothing, ' +
      'and a configured container without probes fails unnoticed.',
    help: {
      unprobed: 'Add {{fields}} to container {{container}}.',
      unwired: 'Add an envFrom with the configMapRef of its ConfigMap to container {{container}}.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      unprobed: 'Container {{container}} reads ConfigMap {{configMap}} but has no probe; expected {{fields}}.',
      unwired: 'Container {{container}} has a {{field}} but reads no ConfigMap that configures it.',
    },
    options: {
      type: 'object',
      properties: {
        probes: {
          type: 'array',
          items: { type: 'string', enum: PROBE_NAMES },
          default: PROBE_NAMES,
          description: 'The probes that depend on the configuration.',
        },
        configMaps: {
          type: 'object',
          description: 'Which ConfigMaps hold the configuration; all by default.',
          properties: {
            names: { type: 'array', items: { type: 'string' }, description: 'Their names, as globs.' },
            withKeys: {
              type: 'array',
              items: { type: 'string' },
              description: 'Keys, as globs; the ConfigMap has at least one of them.',
            },
          },
          default: {},
        },
        sidecars: {
          type: 'boolean',
          default: false,
          description: 'Whether sidecars (init containers that keep running) are checked as well.',
        },
      },
    },
  },
  isSubject({ type, workload }, { sidecars }) {
    return isLongRunning(workload) && (type === 'container' || (sidecars && type === 'sidecar'));
  },
  check(container, { bundle, options, report }) {
    const { cursor, name } = container;
    const probes = options.probes.filter((probe) => isSet(probeOf(cursor, probe)));
    const wired = bundle
      .environmentOf(container)
      .references.find((reference) => isWired(reference, options.configMaps));
    const [probe] = probes;
    // Whether a ConfigMap that could not be read is meant, its keys would say.
    const isUnknown =
      wired?.provider === undefined &&
      options.configMaps.withKeys !== undefined &&
      wired !== undefined &&
      bundle.mayHold('ConfigMap', wired.name);
    if (isUnknown) return;
    if (wired !== undefined && probe === undefined) {
      const fields = enumerate(options.probes.map((wanted) => PROBE_FIELDS[wanted]));
      report(cursor.at(PROBE_FIELDS[options.probes[0] ?? 'startup']), 'unprobed', {
        container: name,
        configMap: wired.name,
        fields,
      });
    } else if (wired === undefined && probe !== undefined) {
      report(cursor.at('envFrom'), 'unwired', { container: name, field: PROBE_FIELDS[probe] });
    }
  },
});

/** A ConfigMap that is not in the input counts: whether its name is right is another rule's question. */
function isWired(reference: EnvironmentReference, { names, withKeys }: ConfigMapFilter): boolean {
  const { kind, name, provider } = reference;
  if (kind !== 'ConfigMap') return false;
  if (provider === undefined || !provider.hasAllKeys) return true;
  if (names !== undefined && !matchesAnyGlob(name, names)) return false;
  return withKeys === undefined || carriesAnyKey(reference, withKeys);
}
