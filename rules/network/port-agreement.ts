import type { Bundle } from '../../src/bundle/bundle.ts';
import type { Variable } from '../../src/bundle/environment.ts';
import {
  declaredPorts,
  probePorts,
  servedPorts,
  servicesByWorkload,
  targetPorts,
  type DeclaredPort,
  type PortUse,
} from '../../src/bundle/ports.ts';
import type { Resource } from '../../src/bundle/resource.ts';
import { isLongRunning, type Container, type Workload } from '../../src/bundle/workload.ts';
import { isSet, PROBE_FIELDS } from '../../src/kube/probe.ts';
import { defineRule, type ReportExtras } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import type { Node } from '../../src/yaml/node.ts';

/** The one port, and where it comes from. */
interface Truth {
  readonly port: number;
  readonly source: string;
  readonly place: Cursor | undefined;
  /** Whether nothing but the container's own list of ports says so. */
  readonly isDeclared?: boolean;
}

/** A container with everything that gives a port for it. */
interface Listener {
  readonly container: Container;
  readonly variable: Variable | undefined;
  readonly declared: readonly DeclaredPort[];
  readonly probes: readonly PortUse[];
}

/** What is known about a workload's ports when its Services are checked. */
interface WorkloadPorts {
  readonly routes: readonly { readonly service: Resource; readonly targets: readonly PortUse[] }[];
  readonly all: readonly DeclaredPort[];
  readonly truths: readonly Truth[];
  readonly wrongPorts: ReadonlySet<number>;
  readonly misnamed: ReadonlySet<string | undefined>;
  /** Whether one container is known to listen on the configured port. */
  readonly hasMain: boolean;
}

export default defineRule({
  scope: 'bundle',
  selects: 'workload',
  meta: {
    summary: 'Require the ConfigMap, the container port, the probes and the Service to agree on one port',
    why:
      'The application listens where its configuration says: a probe of another port kills a healthy Pod, and a ' +
      'Service that targets another port refuses every connection.',
    help: {
      config: 'Change {{key}} to {{expected}}.',
      notPort: 'Change {{key}} to a number from 1 to 65535.',
      containerPort: 'Change the containerPort to {{expected}}.',
      portName: 'Name the container port {{expected}}.',
      probe: 'Change the port of the {{field}} to {{expected}}, or to the name of that container port.',
      undeclaredProbe: 'Add a port with containerPort {{found}} to container {{container}}, or correct the {{field}}.',
      unresolvedProbe: 'Name a port of container {{container}} in the {{field}}, or write its number.',
      service: 'Set the targetPort to {{expected}}, or to the name of that container port.',
      unresolvedService: 'Set the targetPort to the name or number of a container port.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      config: '{{key}} is {{found}}; expected {{expected}}, according to {{source}}.',
      notPort: '{{key}} is not a port; expected a number from 1 to 65535.',
      containerPort: 'Container {{container}} declares port {{found}}; expected {{expected}}, according to {{source}}.',
      portName: 'Port {{port}} of container {{container}} {{found}}, but probes and Services call it {{expected}}.',
      probe:
        'The {{field}} of container {{container}} uses port {{found}}; expected {{expected}}, according to {{source}}.',
      undeclaredProbe:
        'The {{field}} of container {{container}} uses port {{found}}, which the container does not declare.',
      unresolvedProbe:
        'The {{field}} of container {{container}} uses port {{found}}, which is not the name of a port of the container{{hint}}.',
      service: 'Service {{service}} targets port {{found}}; expected {{expected}}, according to {{source}}.',
      unresolvedService:
        'Service {{service}} targets port {{found}}, which is not the name of a port of {{kind}} {{workload}}{{hint}}.',
    },
    options: {
      type: 'object',
      properties: {
        configKey: { type: 'string', description: 'The environment variable from which the container takes its port.' },
        port: { type: 'integer', minimum: 1, maximum: 65535, description: 'The port, if the policy fixes it.' },
        containers: {
          type: 'array',
          items: { type: 'string' },
          default: ['*'],
          description: 'Names of the containers to check, as globs.',
        },
      },
    },
  },
  isSubject(workload, options, bundle) {
    return (
      isLongRunning(workload) &&
      (listeningOf(workload, options).some((container) => {
        return (
          ['ports', ...Object.values(PROBE_FIELDS)].some((field) => isSet(container.cursor.at(field))) ||
          portVariable(container, options, bundle) !== undefined
        );
      }) ||
        isTargetedByName(workload, bundle))
    );
  },
  check({ bundle, selected }, { options, report }) {
    const services = servicesByWorkload(bundle);
    const workloadsOf = new Map<Resource, Workload[]>();
    for (const [workload, found] of services) {
      for (const service of found) workloadsOf.set(service, [...(workloadsOf.get(service) ?? []), workload]);
    }
    /** What is wrong of a Service with one of its workloads; with another it may be right. */
    const complaints: { service: Resource; place: Cursor; say: () => void }[] = [];
    const rightServices = new Set<Resource>();
    // One ConfigMap or Service may belong to several workloads: what is wrong there is reported once.
    const said = new Set<Node | undefined>();
    for (const workload of selected) checkWorkload(workload);
    for (const { service, place, say } of complaints) {
      const node = place.node ?? place.parent?.node;
      if (rightServices.has(service) || said.has(node)) continue;
      said.add(node);
      say();
    }

    function checkWorkload(workload: Workload): void {
      const all = servedPorts(workload);
      const routes = (services.get(workload) ?? []).map((service) => ({ service, targets: targetPorts(service, all) }));
      const targets = routes.flatMap((route) => route.targets);
      const listeners = listenersOf(workload, options, bundle);
      const configured = listeners.filter(({ variable }) => variable !== undefined);
      // Only one container of a Pod can listen on the port: the others that read the key have their own.
      const main = mainOf(configured.length === 0 && options.port !== undefined ? listeners : configured, options.port);

      const misnamed = new Set<string | undefined>();
      for (const listener of listeners) {
        misnamed.add(checkNames(listener, targets));
        checkUnresolvedProbes(listener, misnamed);
      }
      const truths: Truth[] = [];
      const wrongPorts = new Set<number>();
      // The port may be set in a ConfigMap that could not be read.
      const known =
        configured.length > 0 ? listeners : listeners.filter((each) => !mayBeConfigured(each, options, bundle));
      for (const listener of main === undefined ? known : [main]) {
        const truth = findTruth(listener, targets);
        if (truth === undefined) {
          checkUndeclaredProbes(listener);
          continue;
        }
        truths.push(truth);
        const wrong = checkDeclared(listener, targets, truth);
        if (wrong !== undefined) wrongPorts.add(wrong.number);
        for (const use of listener.probes) {
          if (
            use.number === undefined ||
            use.number === truth.port ||
            (wrong !== undefined && use.declared?.number === wrong.number)
          )
            continue;
          const data = { container: listener.container.name, field: use.field, found: foundIn(use) };
          // That a port is declared says nothing of the others: a container may listen on ports that it does not declare.
          if (truth.isDeclared && use.name === undefined)
            report(use.place, 'undeclaredProbe', data, numbersOf(listener.declared));
          else report(use.place, 'probe', { ...data, ...expectedBy(truth) }, relatedTo(truth, use.declared));
        }
      }
      checkServices(workload, { routes, all, truths, wrongPorts, misnamed, hasMain: main !== undefined });
    }

    /** When all use the same name for the container's only port and it has another name, that name is the mistake. */
    function checkNames({ container, declared, probes }: Listener, targets: readonly PortUse[]): string | undefined {
      const [port] = declared;
      if (port === undefined || declared.length > 1) return undefined;
      const uses = [...probes, ...targets].filter(({ name }) => name !== undefined && !isNumeric(name));
      const names = new Set(uses.map(({ name }) => name));
      const [name] = names;
      if (name === undefined || names.size > 1 || uses.length < 2 || uses.some(({ declared: found }) => found))
        return undefined;
      if (probes.every((use) => use.name !== name)) return undefined;
      const found = port.name === undefined ? 'has no name' : `is named ${port.name}`;
      const data = { port: port.number, container: container.name, found, expected: name };
      report(port.item.at('name'), 'portName', data, { from: uses.map(({ place }) => place) });
      return name;
    }

    function checkUnresolvedProbes(
      { container, declared, probes }: Listener,
      misnamed: ReadonlySet<string | undefined>,
    ): void {
      for (const { place, field, name, declared: found } of probes) {
        if (name === undefined || found !== undefined || misnamed.has(name)) continue;
        const data = { container: container.name, field, found: name, hint: hintFor(name, declared) };
        report(place, 'unresolvedProbe', data);
      }
    }

    /** A container with several ports has no single right one, but a probe uses one that is declared. */
    function checkUndeclaredProbes({ container, variable, declared, probes }: Listener): void {
      if (declared.length < 2 || variable !== undefined) return;
      for (const use of probes) {
        if (use.name !== undefined || declared.some(({ number }) => number === use.number)) continue;
        const data = { container: container.name, field: use.field, found: foundIn(use) };
        report(use.place, 'undeclaredProbe', data, numbersOf(declared));
      }
    }

    /** The policy's port; else the ConfigMap's, unless it disagrees with all others; else the container's. */
    function findTruth({ variable, declared, probes }: Listener, targets: readonly PortUse[]): Truth | undefined {
      const [port] = declared;
      const byNumber = [...probes, ...targets].flatMap(({ name, number }) =>
        name === undefined ? (number ?? []) : [],
      );
      // A place that refers to the declared port does not add a port of its own.
      const claims = [...(declared.length === 1 && port !== undefined ? [port.number] : []), ...byNumber];
      const [claim] = claims;
      const fixed =
        options.port === undefined ? undefined : { port: options.port, source: 'the policy', place: undefined };
      const configured = readPort(variable);
      if (configured === undefined || variable === undefined) {
        if (fixed !== undefined) return fixed;
        if (declared.length === 1 && port !== undefined) {
          return {
            port: port.number,
            source: 'the container port',
            place: port.item.at('containerPort'),
            isDeclared: variable === undefined,
          };
        }
        const [first] = probes;
        if (declared.length > 1 || first?.number === undefined) return undefined;
        return { port: first.number, source: `the ${first.field}`, place: first.place };
      }
      const source =
        variable.reference === undefined ? variable.name : `${variable.name} of ConfigMap ${variable.reference.name}`;
      const truth = fixed ?? { port: configured, source, place: variable.place };
      const isAlone = claims.length > 1 && claim !== undefined && claims.every((other) => other === claim);
      if (fixed === undefined && (!isAlone || claim === configured)) return truth;
      const right = fixed ?? {
        port: claim ?? configured,
        source: 'every other place',
        place: port?.item.at('containerPort'),
      };
      if (configured !== right.port) sayConfig(variable, configured, right);
      return right;
    }

    function readPort(variable: Variable | undefined): number | undefined {
      if (variable?.value === undefined || variable.place === undefined) return undefined;
      const text = variable.value.trim();
      const port = Number(text);
      if (isNumeric(text) && port >= 1 && port <= 65535) return port;
      if (!said.has(variable.place.node)) report(variable.place, 'notPort', { key: variable.name });
      said.add(variable.place.node);
      return undefined;
    }

    function sayConfig({ name: key, place }: Variable, found: number, truth: Truth): void {
      if (place === undefined || said.has(place.node)) return;
      said.add(place.node);
      report(place, 'config', { key, found, ...expectedBy(truth) }, relatedTo(truth));
    }

    /** Returns the declared port that is wrong: a place that refers to it is not wrong as well. */
    function checkDeclared(listener: Listener, targets: readonly PortUse[], truth: Truth): DeclaredPort | undefined {
      const { container, declared, probes } = listener;
      if (declared.length === 0 || declared.some(({ number }) => number === truth.port)) return undefined;
      const named = new Set([...probes, ...targets].flatMap((use) => use.declared?.number ?? []));
      const wrong =
        declared.find(({ number }) => named.has(number)) ?? (declared.length === 1 ? declared[0] : undefined);
      const place = wrong?.item.at('containerPort') ?? container.cursor.at('ports');
      const found = wrong?.number ?? declared.map(({ number }) => number).join(', ');
      report(place, 'containerPort', { container: container.name, found, ...expectedBy(truth) }, relatedTo(truth));
      return wrong;
    }

    function checkServices({ resource }: Workload, found: WorkloadPorts): void {
      const { routes, all, truths, wrongPorts, misnamed, hasMain } = found;
      const right = new Set(truths.map(({ port }) => port));
      const declared = new Set(all.map(({ number }) => number));
      const reaches = ({ number, name, declared: declaredPort }: PortUse): boolean =>
        (number !== undefined && right.has(number)) ||
        (declaredPort !== undefined && wrongPorts.has(declaredPort.number)) ||
        (name !== undefined && misnamed.has(name));
      // A second Service may lead to a port of its own, such as one for metrics; and where no container is known to be
      // the one that is meant, any declared port may be.
      const mayLeadElsewhere = !hasMain || routes.some(({ targets }) => targets.some(reaches));
      const [truth] = truths;
      for (const { service, targets } of routes) {
        // Another workload behind the Service may name the port, and could not be read.
        const isUnresolved = (use: PortUse): boolean => use.number === undefined && !reaches(use);
        const unresolved = bundle.mayHoldWorkload() ? [] : targets.filter(isUnresolved);
        for (const { place, name = '' } of unresolved) {
          // One of several workloads is enough.
          const others = workloadsOf.get(service) ?? [];
          if (others.some((other) => servedPorts(other).some((port) => port.name === name))) continue;
          if (said.has(place.node ?? place.parent?.node)) continue;
          said.add(place.node ?? place.parent?.node);
          const data = { service: service.name, kind: resource.kind, workload: resource.name, found: name };
          report(place, 'unresolvedService', { ...data, hint: hintFor(name, all) });
        }
        const resolved = targets.filter((use) => use.number !== undefined);
        if (unresolved.length > 0) continue;
        if (truth === undefined || resolved.length === 0 || resolved.some(reaches)) {
          rightServices.add(service);
          continue;
        }
        const stray = resolved.find((use) => !declared.has(use.number ?? 0) || wrongPorts.has(use.number ?? 0));
        if (stray === undefined && mayLeadElsewhere) {
          rightServices.add(service);
          continue;
        }
        const only = stray ?? (resolved.length === 1 ? resolved[0] : undefined);
        const place = only?.place ?? service.cursor.at('spec', 'ports');
        const ports = only === undefined ? resolved.map(foundIn).join(', ') : foundIn(only);
        const data = { service: service.name, found: ports, ...expectedBy(truth) };
        const extras = relatedTo(truth, only?.declared);
        complaints.push({ service, place, say: () => report(place, 'service', data, extras) });
      }
    }
  },
});

interface Options {
  readonly configKey?: string;
  readonly containers: readonly string[];
}

function listenersOf(workload: Workload, options: Options, bundle: Bundle): Listener[] {
  return listeningOf(workload, options).map((container) => ({
    container,
    variable: portVariable(container, options, bundle),
    declared: declaredPorts(container),
    probes: probePorts(container),
  }));
}

function listeningOf({ containers }: Workload, options: Options): Container[] {
  return containers.filter(
    ({ name, type }) => (type === 'container' || type === 'sidecar') && matchesAnyGlob(name, options.containers),
  );
}

/** A name that a Service targets has to be there, even where no port is declared and nothing else says one. */
function isTargetedByName(workload: Workload, bundle: Bundle): boolean {
  const services = servicesByWorkload(bundle).get(workload) ?? [];
  return services.some((service) => targetPorts(service, []).some(({ name }) => name !== undefined));
}

function portVariable(container: Container, { configKey }: Options, bundle: Bundle): Variable | undefined {
  return configKey === undefined ? undefined : bundle.environmentOf(container).variables.get(configKey);
}

/** Whether the port may be configured by what could not be read. */
function mayBeConfigured({ container, variable }: Listener, { configKey }: Options, bundle: Bundle): boolean {
  if (configKey === undefined || variable !== undefined) return false;
  const { references } = bundle.environmentOf(container);
  return references.some(({ via, kind, name, provider }) => {
    return via === 'envFrom' && provider === undefined && bundle.mayHold(kind, name);
  });
}

/** The container that listens on the configured port: the one that says so, else the first that says any port. */
function mainOf(listeners: readonly Listener[], port: number | undefined): Listener | undefined {
  const agrees = ({ variable, declared, probes }: Listener): boolean =>
    [...declared, ...probes].some(({ number }) => number === (port ?? Number(variable?.value)));
  return (
    listeners.find(agrees) ??
    listeners.find(({ declared, probes }) => declared.length + probes.length > 0) ??
    listeners[0]
  );
}

function foundIn({ name, number = 0 }: PortUse): string | number {
  return name === undefined ? number : `${name} (${number})`;
}

function expectedBy({ port, source }: Truth): { expected: number; source: string } {
  return { expected: port, source };
}

/** The other place that was compared, and the declared port that a name stands for. */
function relatedTo({ place }: Truth, declared?: DeclaredPort): ReportExtras {
  const number = declared === undefined ? [] : [declared.item.at('containerPort')];
  if (place === undefined) return { from: number };
  return { related: [{ cursor: place, message: 'The expected port is set here.' }], from: [place, ...number] };
}

/** A port is missing among these: a change of each may mend it. */
function numbersOf(declared: readonly DeclaredPort[]): ReportExtras {
  return { from: declared.map(({ item }) => item.at('containerPort')) };
}

function isNumeric(text: string): boolean {
  return /^\d{1,5}$/.test(text);
}

function hintFor(name: string, declared: readonly DeclaredPort[]): string {
  if (isNumeric(name)) return ' (a quoted number is a name; remove the quotes)';
  const suggestion = nearMiss(
    name,
    declared.flatMap((port) => port.name ?? []),
  );
  return suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
}
