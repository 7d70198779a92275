import type { ValuesKey } from '../helm/value/values-key.ts';
import { RenderedText } from '../helm/provenance/rendered-text.ts';
import type { ValuesUsage } from '../helm/values-usage.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Bundle } from './bundle.ts';

/** A chart and its renderings, for rules that look at the chart itself. */
export interface Chart {
  readonly name: string;
  /** On Chart.yaml's root. */
  readonly manifest: Cursor;
  /** On values.yaml's root; a place that does not exist when the chart has none. */
  readonly values: Cursor;
  /** Every file by its path within the chart. */
  readonly files: readonly string[];
  /** A file as a place to point at. */
  fileAt(path: string): Cursor;
  /** Those that rendered, in the order of the policy. */
  readonly environments: readonly ChartEnvironment[];
  /** Which values the templates read, in all environments together. */
  readonly usage: ValuesUsage;
}

/** One rendering of a chart. */
export interface ChartEnvironment {
  readonly name: string;
  /** Whether it is for the tests of the chart itself, and not one of the places where the chart runs. */
  readonly isForCi?: boolean;
  readonly bundle: Bundle;
  /** On the roots of the values files that were given besides values.yaml, in the order in which they apply. */
  readonly overlays: readonly Cursor[];
}

/** The values keys that fed the text of a rendered node, its key not included; none for manifests without a chart. */
export function valuesKeysOf({ document, node }: Cursor): readonly ValuesKey[] {
  if (node === undefined || !(document.source instanceof RenderedText)) return [];
  return document.source.originOf(node).keys;
}
