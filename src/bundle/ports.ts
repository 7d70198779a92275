import { handlerOf, PROBE_FIELDS, PROBE_NAMES, probeOf } from '../kube/probe.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Bundle } from './bundle.ts';
import type { Resource } from './resource.ts';
import type { Container, Workload } from './workload.ts';

/** A TCP port that a container declares. */
export interface DeclaredPort {
  /** On `ports[i]`. */
  readonly item: Cursor;
  readonly number: number;
  readonly name: string | undefined;
}

/** Where a probe or a Service says which port of a Pod it means. */
export interface PortUse {
  readonly place: Cursor;
  /** The field of the probe; empty for a Service. */
  readonly field: string;
  /** The number as said, or of the declared port that is named. */
  readonly number: number | undefined;
  /** The name, when the port is given by name. */
  readonly name: string | undefined;
  /** The declared port that is named. */
  readonly declared: DeclaredPort | undefined;
}

/** The TCP ports of a container whose number can be read. */
export function declaredPorts(container: Container): DeclaredPort[] {
  return container.cursor
    .at('ports')
    .items()
    .flatMap((item) => {
      const number = item.at('containerPort').number;
      return number === undefined || !isTcp(item) ? [] : [{ item, number, name: item.at('name').string || undefined }];
    });
}

/** The ports that a container's probes ask; names resolve within the container. */
export function probePorts(container: Container): PortUse[] {
  const declared = declaredPorts(container);
  return PROBE_NAMES.flatMap((probe) => {
    const handler = handlerOf(probeOf(container.cursor, probe));
    return handler === undefined ? [] : readUse(handler.cursor.at('port'), PROBE_FIELDS[probe], declared);
  });
}

/** The ports that a Service targets; an absent `targetPort` is the Service's own port. Names resolve within the Pod. */
export function targetPorts(service: Resource, declared: readonly DeclaredPort[]): PortUse[] {
  return service.cursor
    .at('spec', 'ports')
    .items()
    .filter(isTcp)
    .flatMap((item) => {
      const target = item.at('targetPort');
      const isAbsent = !target.exists || target.isNull || target.value === '' || target.value === 0;
      if (!isAbsent) return readUse(target, '', declared);
      return readUse(item.at('port'), '', declared);
    });
}

const services = new WeakMap<Bundle, Map<Workload, Resource[]>>();

/** The Services that lead to each workload's Pods. */
export function servicesByWorkload(bundle: Bundle): ReadonlyMap<Workload, readonly Resource[]> {
  let index = services.get(bundle);
  if (index === undefined) services.set(bundle, (index = indexServices(bundle)));
  return index;
}

function indexServices(bundle: Bundle): Map<Workload, Resource[]> {
  const index = new Map<Workload, Resource[]>();
  for (const service of bundle.ofKind('', 'Service')) {
    if (service.cursor.at('spec', 'type').string === 'ExternalName') continue;
    for (const workload of bundle.workloadsOf(service)) {
      const found = index.get(workload);
      if (found === undefined) index.set(workload, [service]);
      else found.push(service);
    }
  }
  return index;
}

/**
 * The ports that a Service may target: those of all containers but the init containers that have ended when the Pod is
 * ready (Kubernetes, `FindPort`).
 */
export function servedPorts({ containers }: Workload): DeclaredPort[] {
  return containers.filter(({ type }) => type !== 'init').flatMap(declaredPorts);
}

/**
 * Reads a number or a name. A quoted number is a name, which no container port can have: the API server takes
 * IntOrString by its type.
 */
function readUse(place: Cursor, field: string, declared: readonly DeclaredPort[]): PortUse[] {
  const { number, string: name } = place;
  if (number !== undefined) return [{ place, field, number, name: undefined, declared: undefined }];
  if (name === undefined) return [];
  const found = declared.find((port) => port.name === name);
  return [{ place, field, number: found?.number, name, declared: found }];
}

function isTcp(item: Cursor): boolean {
  return (item.at('protocol').string || 'TCP') === 'TCP';
}
