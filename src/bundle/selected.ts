import { labelsOf, matchesSelector, type Labels } from '../kube/label-selector.ts';
import { nearMiss } from '../text/near-miss.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Bundle } from './bundle.ts';
import type { Resource } from './resource.ts';
import type { Workload } from './workload.ts';

/** The workloads of a bundle by a label of their Pods (`name\0value`); made once for each bundle. */
interface LabelIndex {
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
  readonly labels: ReadonlyMap<Workload, Labels>;
}

const INDEXES = new WeakMap<Bundle, LabelIndex>();

/** Whether two objects are, or may be, in one namespace. */
export function sharesNamespace(a: Resource, b: Resource, bundle: Bundle): boolean {
  const left = bundle.namespaceOf(a);
  const right = bundle.namespaceOf(b);
  return left === undefined || right === undefined || left === right;
}

/**
 * The workloads whose Pods a label selector (`matchLabels`, `matchExpressions`) matches, in the namespace of the object
 * that has the selector.
 */
export function workloadsMatching(selector: Cursor, from: Resource, bundle: Bundle): Workload[] {
  const { byLabel, labels } = indexOf(bundle);
  let candidates: readonly Workload[] = bundle.workloads;
  for (const [name, value] of selector.at('matchLabels').entries()) {
    const found = byLabel.get(`${name}\0${value.text ?? ''}`) ?? [];
    if (found.length < candidates.length) candidates = found;
  }
  return candidates.filter(
    (workload) =>
      sharesNamespace(from, workload.resource, bundle) &&
      matchesSelector(selector, labels.get(workload) ?? new Map<string, string>()),
  );
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
export function nearestWorkload(selector: Cursor, from: Resource, bundle: Bundle): NearestWorkload | undefined {
  const { labels } = indexOf(bundle);
  const wanted = selector.entries();
  for (const [workload, own] of labels) {
    if (!sharesNamespace(from, workload.resource, bundle)) continue;
    const wrong = wanted.filter(([label, value]) => own.get(label) !== (value.text ?? ''));
    const [[label, place] = ['', selector]] = wrong;
    const suggestion = own.get(label);
    if (wrong.length !== 1 || suggestion === undefined) continue;
    const found = place.text ?? '';
    if (nearMiss(found, [suggestion]) !== undefined) return { workload, label, found, place, suggestion };
  }
  return undefined;
}

function indexOf(bundle: Bundle): LabelIndex {
  const known = INDEXES.get(bundle);
  if (known !== undefined) return known;
  const byLabel = new Map<string, Workload[]>();
  const labels = new Map<Workload, Labels>();
  for (const workload of bundle.workloads) {
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
