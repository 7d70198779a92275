import { normalizePath } from '../text/path.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Container, Workload } from './workload.ts';

/** A place in a container's file system where a volume stands. */
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
  for (const volume of workload.podSpec.at('volumes').items()) {
    const isReadOnly = volume
      .entries()
      .some(([key, source]) => (READ_ONLY_VOLUMES.includes(key) && !source.isNull) || source.at('readOnly').boolean);
    if (isReadOnly) names.add(volume.at('name').text ?? '');
  }
  return names;
}
