import type { Cursor } from '../yaml/cursor.ts';

/** The field of a container for each probe. */
export const PROBE_FIELDS = {
  startup: 'startupProbe',
  liveness: 'livenessProbe',
  readiness: 'readinessProbe',
} as const;

/** A probe, by the first word of its field. */
export type ProbeName = keyof typeof PROBE_FIELDS;

/** All probes, in the order in which the kubelet begins them. */
export const PROBE_NAMES = ['startup', 'liveness', 'readiness'] as const satisfies readonly ProbeName[];

const HANDLERS = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;

/** Whether a field holds something: `null` and `{}`, which templates leave behind, are as good as absent. */
export function isSet(field: Cursor): boolean {
  if (field.node?.kind === 'mapping') return field.node.entries.length > 0;
  return field.exists && !field.isNull;
}

/** A probe of a container; it may not exist. */
export function probeOf(container: Cursor, probe: ProbeName): Cursor {
  return container.at(PROBE_FIELDS[probe]);
}

/** How a probe asks: the first handler that is there. An empty `httpGet` is one, with all defaults. */
export function handlerOf(probe: Cursor): { handler: (typeof HANDLERS)[number]; cursor: Cursor } | undefined {
  for (const handler of HANDLERS) {
    const cursor = probe.at(handler);
    if (cursor.exists && !cursor.isNull) return { handler, cursor };
  }
  return undefined;
}

/** The path that an `httpGet` requests (Kubernetes API, `SetDefaults_HTTPGetAction`); undefined when it is not text. */
export function pathOf(httpGet: Cursor): string | undefined {
  const path = httpGet.at('path');
  return !path.exists || path.isNull || path.string === '' ? '/' : path.string;
}

/** A count or number of seconds of a probe; absent and 0 mean the default. Undefined when it is not a number. */
export function probeNumber(probe: Cursor, field: keyof typeof PROBE_DEFAULTS): number | undefined {
  const place = probe.at(field);
  if (!place.exists || place.isNull || place.number === 0) return PROBE_DEFAULTS[field];
  return place.number;
}

/** Kubernetes API, `SetDefaults_Probe`. */
const PROBE_DEFAULTS = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 } as const;
