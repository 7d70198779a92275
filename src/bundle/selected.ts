import { labelsOf, matchesLabels, matchesSelector, type Labels } from '../kube/label-selector.ts';
import { nearMiss } from '../text/near-miss.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Resource } from './resource.ts';
import type { Workload } from './workload.ts';

/** What selectors need of a bundle. */
interface Selectable {
  readonly workloads: readonly Workload[];
  sharesNamespace(a: Resource, b: Resource): boolean;
}

/** The workloads of a bundle by a label of their Pods (`name\0value`); made once for each bundle. */
interface LabelIndex {
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
  readonly labels: ReadonlyMap<Workload, Labels>;
}

const INDEXES = new WeakMap<Selectable, LabelIndex>();

/** The workloads whose Pods have all labels of a plain selector, in the namespace of the object that has it; none for an empty one. */
export function workloadsLabelled(selector: Cursor, from: Resource, bundle: Selectable): Workload[] {
  if (selector.keys().length === 0) return [];
  return candidatesFor(selector, bundle).filter(
    (workload) =>
      bundle.sharesNamespace(from, workload.resource) && matchesLabels(selector, labelsIn(bundle, workload)),
  );
}

/**
 * The workloads whose Pods a label selector (`matchLabels`, `matchExpressions`) matches, in the namespace of the object
 * that has the selector.
 */
export function workloadsMatching(selector: Cursor, from: Resource, bundle: Selectable): Workload[] {
  return candidatesFor(selector.at('matchLabels'), bundle).filter(
    (workload) =>
      bundle.sharesNamespace(from, workload.resource) && matchesSelector(selector, labelsIn(bundle, workload)),
  );
}

/** The workloads with the label that fewest have; all when there is no label. */
function candidatesFor(wanted: Cursor, bundle: Selectable): readonly Workload[] {
  const { byLabel, labels } = indexOf(bundle);
  let candidates: readonly Workload[] | undefined;
  for (const [name, value] of wanted.entries()) {
    const found = byLabel.get(`${name}\0${value.text ?? ''}`) ?? [];
    if (candidates === undefined || found.length < candidates.length) candidates = found;
  }
  return candidates ?? [...labels.keys()];
}

function labelsIn(bundle: Selectable, workload: Workload): Labels {
  return indexOf(bundle).labels.get(workload) ?? new Map<string, string>();
}

/** A label of a selector that is spelt otherwise than that of Pods, which fit but for it. */
export interface NearestWorkload {
  readonly workload: Workload;
  readonly label: string;
  readonly found: string;
  readonly place: Cursor;
  readonly suggestion: string;
}

/** The workload that a plain selector, which selects nothing, most likely means: one value is misspelt, and the rest fits. */
export function nearestWorkload(selector: Cursor, from: Resource, bundle: Selectable): NearestWorkload | undefined {
  const { labels } = indexOf(bundle);
  const wanted = selector.entries();
  for (const [workload, own] of labels) {
    if (!bundle.sharesNamespace(from, workload.resource)) continue;
    const wrong = wanted.filter(([label, value]) => own.get(label) !== (value.text ?? ''));
    const [[label, place] = ['', selector]] = wrong;
    const suggestion = own.get(label);
    if (wrong.length !== 1 || suggestion === undefined) continue;
    const found = place.text ?? '';
    if (nearMiss(found, [suggestion]) !== undefined) return { workload, label, found, place, suggestion };
  }
  return undefined;
}

function indexOf(bundle: Selectable): LabelIndex {
  const known = INDEXES.get(bundle);
  if (known !== undefined) return known;
  const byLabel = new Map<string, Workload[]>();
  const labels = new Map<Workload, Labels>();
  for (const workload of lastOfEach(bundle.workloads)) {
    const own = labelsOf(workload.template.at('metadata', 'labels'));
    labels.set(workload, own);
    for (const [name, value] of own) {
      const key = `${name}\0${value}`;
      const others = byLabel.get(key);
      if (others === undefined) byLabel.set(key, [workload]);
      else others.push(workload);
    }
  }
  const index = { byLabel, labels };
  INDEXES.set(bundle, index);
  return index;
}

/** If the input contains an object twice, the last one counts, as with `kubectl apply`. */
function lastOfEach(workloads: readonly Workload[]): Iterable<Workload> {
  const last = new Map<string, Workload>();
  for (const workload of workloads) {
    const { group, kind, namespace, name, source } = workload.resource;
    last.set([source.file, group, kind, namespace ?? '', name].join('\0'), workload);
  }
  return last.values();
}
