import { matchesAnyGlob } from '../text/glob.ts';
import { normalizePath } from '../text/path.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { isGiven } from './security-context.ts';
import { volumesOf, type Container, type Workload } from './workload.ts';

/** A volume that is a folder, file or socket of the node. */
export interface HostPathVolume {
  readonly name: string;
  /** On `hostPath`. */
  readonly cursor: Cursor;
  /** Normalised; as it is written where it is not absolute. */
  readonly path: string;
}

/** The volumes of a Pod that show something of its node. */
export function hostPathVolumesOf(workload: Workload): HostPathVolume[] {
  return volumesOf(workload).flatMap((volume) => {
    const cursor = volume.at('hostPath');
    if (!isGiven(cursor)) return [];
    const written = cursor.at('path').text ?? '';
    return [{ name: volume.at('name').text ?? '', cursor, path: normalizePath(written) ?? written }];
  });
}

/** A volume of the node in a container. */
export interface HostPathMount {
  readonly container: Container;
  /** On `volumeMounts[i]`. */
  readonly cursor: Cursor;
  readonly volume: HostPathVolume;
}

/** Where the containers of a Pod mount something of their node. */
export function hostPathMountsOf(workload: Workload): HostPathMount[] {
  const volumes = new Map(hostPathVolumesOf(workload).map((volume) => [volume.name, volume]));
  if (volumes.size === 0) return [];
  return workload.containers.flatMap((container) =>
    container.cursor
      .at('volumeMounts')
      .items()
      .flatMap((cursor) => {
        const volume = volumes.get(cursor.at('name').text ?? '');
        return volume === undefined ? [] : [{ container, cursor, volume }];
      }),
  );
}

/** The volumes of the node at paths that match a glob, and the names of the containers that mount them; each has one. */
export function mountedHostPaths(
  workload: Workload,
  globs: readonly string[],
): { readonly volume: HostPathVolume; readonly containers: readonly string[] }[] {
  const mounted = new Map<HostPathVolume, Set<string>>();
  for (const { container, volume } of hostPathMountsOf(workload)) {
    if (!matchesAnyGlob(volume.path, globs)) continue;
    mounted.set(volume, (mounted.get(volume) ?? new Set()).add(container.name));
  }
  return [...mounted].map(([volume, containers]) => ({ volume, containers: [...containers] }));
}
