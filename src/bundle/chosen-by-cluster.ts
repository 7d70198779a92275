import { RenderedText } from '../helm/provenance/rendered-text.ts';
import type { Cursor } from '../yaml/cursor.ts';

/** How far before a text the condition stands that chose it. */
const NEAR = 400;

/**
 * Whether a template asks the cluster which APIs it serves just before it writes a value. Without a cluster, the answer of
 * helm template is that of no cluster: `.Capabilities.APIVersions.Has "batch/v1/CronJob"` is false there.
 */
export function isChosenByCluster({ document: { source }, node }: Cursor): boolean {
  if (!(source instanceof RenderedText) || node === undefined) return false;
  const { place } = source.originOf(node);
  if (place === undefined) return false;
  const { start } = place.range;
  return place.site.file.source.text.slice(Math.max(0, start - NEAR), start).includes('.Capabilities.APIVersions.Has');
}
