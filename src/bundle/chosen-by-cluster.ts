import { RenderedText } from '../helm/provenance/rendered-text.ts';
import type { Cursor } from '../yaml/cursor.ts';

/**
 * Whether a template asked which APIs the cluster serves before it wrote a value, wherever it asked: around the value, or in
 * a helper that chose it. Without a cluster, the answer of helm template is that of no cluster:
 * `.Capabilities.APIVersions.Has "batch/v1/CronJob"` is false there.
 */
export function isChosenByCluster({ document: { source }, node }: Cursor): boolean {
  return node !== undefined && source instanceof RenderedText && source.originOf(node).asksCluster;
}
