import type { ValuesKey as KeyOfValues } from '../helm/value/values-key.ts';
import { RenderedText } from '../helm/provenance/rendered-text.ts';
import type { ValuesUsage } from '../helm/values-usage.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Bundle } from './bundle.ts';

/** A key of a chart's values and the place that set it. */
export type ValuesKey = KeyOfValues;

/** A chart and its renderings, for rules that look at the chart itself. */
export interface Chart {
  readonly name: string;
  /** On Chart.yaml's root. */
  readonly manifest: Cursor;
  /** On values.yaml's root; a place that does not exist when the chart has none. */
  readonly values: Cursor;
  /**
   * The version that it had before the changes that are linted (`--changed-since`), and whether it is higher now; undefined
   * for a chart that did not change or is new.
   */
  readonly before?: { readonly version: string; readonly isRaised: boolean };
  /** Every file by its path within the chart. */
  readonly files: readonly string[];
  /** A file as a place to point at. */
  fileAt(path: string): Cursor;
  /** The documents of a YAML file, as Helm reads it: without rendering it. */
  documentsAt(path: string): readonly ChartDocument[];
  /** Those that rendered, in the order of the policy. */
  readonly environments: readonly ChartEnvironment[];
  /** Which values the templates read, in all environments together. */
  readonly usage: ValuesUsage;
}

/** A document of a file of a chart, or why it cannot be read. */
export type ChartDocument =
  | { readonly root: Cursor }
  | { readonly problem: string; /** Whether there are template actions in the file. */ readonly hasActions: boolean };

/** One rendering of a chart. */
export interface ChartEnvironment {
  readonly name: string;
  /** Whether it is for the tests of the chart itself, and not one of the places where the chart runs. */
  readonly isForCi?: boolean;
  readonly bundle: Bundle;
  /** On the roots of the values files that were given besides values.yaml, in the order in which they apply. */
  readonly overlays: readonly Cursor[];
}

/** The values keys that decided that a rendered entry, or the object that it is in, is there at all. */
export function decidersOf({ document, keyRange, range }: Cursor): readonly ValuesKey[] {
  if (!(document.source instanceof RenderedText)) return [];
  return document.source.originOf(keyRange ?? range).conditions;
}

/** The values keys that fed the key of a rendered entry. */
export function keyOriginsOf({ document, keyRange }: Cursor): readonly ValuesKey[] {
  if (keyRange === undefined || !(document.source instanceof RenderedText)) return [];
  return document.source.originOf(keyRange).keys;
}

/** The values keys that chose between one text and another of a rendered entry: not those that let it be there. */
export function choosersOf(cursor: Cursor): readonly ValuesKey[] {
  const { document, node } = cursor;
  if (node === undefined || !(document.source instanceof RenderedText)) return [];
  const around = new Set(decidersOf(cursor));
  return document.source.originOf(node).conditions.filter((key) => !around.has(key));
}

/**
 * Keys that every chart has for the names of its objects and of the cluster: where they reach is no sign of a setting
 * that goes two ways.
 */
const NAMING_KEYS: ReadonlySet<unknown> = new Set([
  'nameOverride',
  'fullnameOverride',
  'namespaceOverride',
  'clusterDomain',
]);

/** Whether a values key is a setting of the application. */
export function isSetting({ path }: ValuesKey): boolean {
  return !NAMING_KEYS.has(path.at(-1));
}

/** The values keys that fed the text of a rendered node, its key not included; none for manifests without a chart. */
export function valuesKeysOf({ document, node }: Cursor): readonly ValuesKey[] {
  if (node === undefined || !(document.source instanceof RenderedText)) return [];
  return document.source.originOf(node).keys;
}

/** Whether chance or the clock had a part in the text of a rendered node. */
export function isRandom({ document, node }: Cursor): boolean {
  return node !== undefined && document.source instanceof RenderedText && document.source.originOf(node).isRandom;
}
