import { runsToCompletion, type PodKind } from '../kube/pod-kinds.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Resource } from './resource.ts';

/** A resource that holds a Pod, with its parts. */
export interface Workload {
  readonly resource: Resource;
  /** On what holds the Pod's `metadata` and `spec`. */
  readonly template: Cursor;
  readonly podSpec: Cursor;
  /** In the order of the kubelet: init containers, containers, ephemeral containers. */
  readonly containers: readonly Container[];
}

/** One container of a Pod, of whichever type. */
export interface Container {
  readonly workload: Workload;
  readonly cursor: Cursor;
  /** Empty when it has none. */
  readonly name: string;
  /** A sidecar is an init container with `restartPolicy: Always`; it keeps running and may have probes. */
  readonly type: 'container' | 'init' | 'sidecar' | 'ephemeral';
}

/**
 * Reads the Pod that a resource holds. Undefined for a custom resource without one: a Rollout may refer to the Deployment
 * that has the template (`workloadRef`).
 */
export function readWorkload(resource: Resource, podKind: PodKind): Workload | undefined {
  const template = resource.cursor.at(...podKind.template);
  if (podKind.form === 'workflow') return readWorkflow(resource, template);
  if (resource.group.includes('.') && !template.isMapping) return undefined;
  const podSpec = template.at('spec');
  const containers: Container[] = [];
  const workload: Workload = { resource, template, podSpec, containers };
  for (const cursor of podSpec.at('initContainers').items()) {
    const type = cursor.at('restartPolicy').string === 'Always' ? 'sidecar' : 'init';
    containers.push({ workload, cursor, name: readContainerName(cursor), type });
  }
  for (const cursor of podSpec.at('containers').items()) {
    containers.push({ workload, cursor, name: readContainerName(cursor), type: 'container' });
  }
  for (const cursor of podSpec.at('ephemeralContainers').items()) {
    containers.push({ workload, cursor, name: readContainerName(cursor), type: 'ephemeral' });
  }
  return workload;
}

/**
 * All containers of an Argo workflow, whatever template they are in, as of one Pod: the volumes and what else its Pods
 * share stand in the specification (Argo Workflows, "Field Reference", WorkflowSpec and Template).
 */
function readWorkflow(resource: Resource, spec: Cursor): Workload {
  const containers: Container[] = [];
  const workload: Workload = { resource, template: spec, podSpec: spec, containers };
  for (const template of spec.at('templates').items().flatMap(withInline)) {
    const templateName = template.at('name').text ?? '';
    const lists: readonly (readonly [Container['type'], readonly Cursor[]])[] = [
      ['init', template.at('initContainers').items()],
      ['container', [template.at('container'), template.at('script')].filter(({ isMapping }) => isMapping)],
      ['container', template.at('containerSet', 'containers').items()],
      ['sidecar', template.at('sidecars').items()],
    ];
    for (const [type, cursors] of lists) {
      for (const cursor of cursors)
        containers.push({ workload, cursor, name: readContainerName(cursor) || templateName, type });
    }
  }
  return workload;
}

/** A template, and those that its steps or tasks have written out in place. */
function withInline(template: Cursor): Cursor[] {
  const steps = template
    .at('steps')
    .items()
    .flatMap((step) => (step.isSequence ? step.items() : [step]));
  const inline = [...steps, ...template.at('dag', 'tasks').items()].map((step) => step.at('inline'));
  return [template, ...inline.filter(({ isMapping }) => isMapping)];
}

/** The volumes that a Pod's containers may mount. */
export function volumesOf({ podSpec }: Workload): Cursor[] {
  const ofTemplates = podSpec.at('templates').items();
  return [podSpec, ...ofTemplates].flatMap((holder) => holder.at('volumes').items());
}

function readContainerName(container: Cursor): string {
  return container.at('name').text ?? '';
}

/** Whether the Pods are meant to run until they are told to stop, unlike those of Jobs and of one-off Pods. */
export function isLongRunning({ resource, podSpec }: Workload): boolean {
  const restartPolicy = podSpec.at('restartPolicy').string ?? 'Always';
  return !runsToCompletion(resource.group, resource.kind) && restartPolicy === 'Always';
}

/** The number of a port that is given as a number or as the name of one of the container's ports. */
export function resolvePort(container: Container, port: Cursor): number | undefined {
  if (port.number !== undefined) return port.number;
  const name = port.string;
  if (name === undefined) return undefined;
  // IntOrString: the API server takes a quoted number for a name, which no container port can have.
  const named = container.cursor
    .at('ports')
    .items()
    .find((item) => item.at('name').string === name);
  return named?.at('containerPort').number;
}

/** What a message that begins with it calls the Pod of a resource. */
export function podName({ kind, name }: Resource): string {
  return kind === 'Pod' ? `Pod ${name}` : `The Pod of ${kind} ${name}`;
}

/** The same inside of a sentence. */
export function podNameInside(resource: Resource): string {
  return podName(resource).replace(/^The/, 'the');
}
