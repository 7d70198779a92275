import { normalizePath } from '../text/path.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Resource } from './resource.ts';
import { volumesOf, type Container, type Workload } from './workload.ts';

/** A place in a container's file system where a volume is mounted. */
export interface Mount {
  /** On `volumeMounts[i]`. */
  readonly cursor: Cursor;
  /** Normalised. */
  readonly path: string;
  readonly isWritable: boolean;
}

/** Volumes that the kubelet always mounts read-only (Kubernetes, "Volumes"). */
const READ_ONLY_VOLUMES = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'];

/** The volume mounts of a container whose path can be read. */
export function readMounts(container: Container): Mount[] {
  const readOnly = readOnlyVolumes(container.workload);
  const mounts: Mount[] = [];
  for (const cursor of container.cursor.at('volumeMounts').items()) {
    const path = normalizePath(cursor.at('mountPath').string ?? '');
    if (path === undefined) continue;
    const isWritable = cursor.at('readOnly').boolean !== true && !readOnly.has(cursor.at('name').text ?? '');
    mounts.push({ cursor, path, isWritable });
  }
  return mounts;
}

/** Names of volumes to which nothing can be written, whatever their mounts say. */
function readOnlyVolumes(workload: Workload): Set<string> {
  const names = new Set<string>();
  for (const volume of volumesOf(workload)) {
    const isReadOnly = volume
      .entries()
      .some(([key, source]) => (READ_ONLY_VOLUMES.includes(key) && !source.isNull) || source.at('readOnly').boolean);
    if (isReadOnly) names.add(volume.at('name').text ?? '');
  }
  return names;
}

/** The names of what a Pod's containers may mount: its volumes, and the claim templates of a StatefulSet. */
export function volumeNames(workload: Workload): Set<string> {
  const { podSpec, resource } = workload;
  const names = new Set<string>();
  for (const volume of volumesOf(workload)) names.add(volume.at('name').text ?? '');
  const claimTemplates = [...claimTemplatesOf(resource), ...podSpec.at('volumeClaimTemplates').items()];
  for (const template of claimTemplates) names.add(template.at('metadata', 'name').text ?? '');
  names.delete('');
  return names;
}

/** The claim templates of a StatefulSet, or of a custom kind that has them under the same name. */
export function claimTemplatesOf({ cursor }: Resource): Cursor[] {
  return cursor.at('spec', 'volumeClaimTemplates').items();
}

/** The names in mounts and block devices for which the Pod has no volume. */
export function danglingMounts(workload: Workload): { container: Container; place: Cursor }[] {
  // The template that a workflow refers to has volumes of its own.
  if (workload.podSpec.at('workflowTemplateRef').exists) return [];
  const names = volumeNames(workload);
  const dangling: { container: Container; place: Cursor }[] = [];
  for (const container of workload.containers) {
    for (const place of mountedVolumes(container)) {
      if (place.string && !names.has(place.string)) dangling.push({ container, place });
    }
  }
  return dangling;
}

/** The names of volumes in a container's mounts and block devices. */
export function mountedVolumes({ cursor }: Container): Cursor[] {
  return [...cursor.at('volumeMounts').items(), ...cursor.at('volumeDevices').items()].map((item) => item.at('name'));
}
