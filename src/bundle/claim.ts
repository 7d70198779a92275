import { runsToCompletion } from '../kube/pod-kinds.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { claimTemplatesOf } from './mount.ts';
import { volumesOf, type Workload } from './workload.ts';

/** A PersistentVolumeClaim that a workload uses. */
export interface Claim {
  readonly workload: Workload;
  readonly name: string;
  /** Where it is named. */
  readonly place: Cursor;
  /** The name under which containers mount it. */
  readonly volume: Cursor;
}

/** The claims of a workload's volumes, and those that the first Pod of a StatefulSet gets from its templates. */
export function claimsOf(workload: Workload): Claim[] {
  const claims: Claim[] = [];
  for (const item of volumesOf(workload)) {
    const place = item.at('persistentVolumeClaim', 'claimName');
    if (place.text) claims.push({ workload, name: place.text, place, volume: item.at('name') });
  }
  // What a job is given is called otherwise, and is gone with it.
  const { group, kind } = workload.resource;
  for (const template of runsToCompletion(group, kind) ? [] : claimTemplatesOf(workload.resource)) {
    const place = template.at('metadata', 'name');
    // The StatefulSet controller makes one claim for each Pod: template, set and ordinal, joined by hyphens.
    if (place.text) claims.push({ workload, name: `${place.text}-${workload.resource.name}-0`, place, volume: place });
  }
  return claims;
}
