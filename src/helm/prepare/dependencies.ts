import { Taint } from '../value/origin.ts';
import type { GoMap } from '../value/value.ts';
import { coalesceValues, type CoalesceMode } from './coalesce.ts';
import { lookUpTable, lookUpValue } from '../values/look-up.ts';
import { ChartError } from '../chart/chart-error.ts';
import type { Chart } from '../chart/chart.ts';
import { isCompatible } from '../chart/compatible.ts';
import { explainMissing, listDependencies, missingDependencies } from '../chart/list-dependencies.ts';
import type { Dependency } from '../chart/metadata.ts';

/** What deciding on subcharts takes and gives. */
export interface DependencyWork {
  readonly warn: (message: string) => void;
  /** Takes the origins of the values that decided something. */
  readonly read: (taint: Taint) => void;
}

/**
 * Checks that each dependency is in charts/; Helm compares no versions here.
 * @throws ChartError
 */
export function checkDependencies(chart: Chart): void {
  if (chart.unresolved !== undefined) throw chart.unresolved;
  const missing = missingDependencies(chart);
  if (missing.length === 0) return;
  throw new ChartError(explainMissing(missing));
}

/**
 * Orders, renames and removes subcharts as `dependencies` with their versions, aliases, tags and conditions say: Helm's
 * `processDependencyEnabled`. A chart without `dependencies` is left as it is, with all below it.
 * @param values for the root: the user's; below: what the chart above had
 * @param path the subchart names that lead here
 */
export function enableDependencies(chart: Chart, values: GoMap, path: readonly string[], work: DependencyWork): void {
  if (chart.metadata.dependencies === undefined) return;
  const requirements = listDependencies(chart);
  arrangeSubcharts(chart, requirements);
  for (const requirement of requirements) requirement.enabled = true;
  const mode: CoalesceMode = { isMerge: false, warn: work.warn };
  const coalesced = coalesceValues(chart, values, path, mode);
  const deciders = new Map<string, Taint>();
  applyTags(requirements, coalesced, deciders, work);
  applyConditions(requirements, coalesced, path, deciders, work);
  for (const taint of deciders.values()) work.read(taint);
  const disabled = new Set(requirements.filter(({ enabled }) => !enabled).map(({ name }) => name));
  const enabled = chart.dependencies.filter(({ name }) => !disabled.has(name));
  for (const subchart of enabled) {
    subchart.enabledBy = chart.enabledBy.with(deciders.get(subchart.name) ?? Taint.none);
    enableDependencies(subchart, coalesced, [...path, subchart.name], work);
  }
  const left = requirements.filter(({ name }) => !disabled.has(name));
  // Helm appends to nil: when nothing is left, the chart has no `dependencies` for all that follows.
  chart.metadata.dependencies = left.length === 0 ? undefined : left;
  chart.dependencies = enabled;
}

/** Undeclared subcharts first, then one for each dependency, under its alias. */
function arrangeSubcharts(chart: Chart, requirements: readonly Dependency[]): void {
  const subcharts = chart.dependencies.filter(
    (subchart) => !requirements.some((requirement) => isMeant(requirement, subchart)),
  );
  for (const requirement of requirements) {
    const found = chart.dependencies.find((subchart) => isMeant(requirement, subchart));
    if (found !== undefined) subcharts.push(copyAs(found, requirement.alias));
    if (requirement.alias !== '') requirement.name = requirement.alias;
  }
  chart.dependencies = subcharts;
}

function isMeant({ name, version }: Dependency, subchart: Chart): boolean {
  return subchart.name === name && isCompatible(version, subchart.metadata.version);
}

/** One chart may be used under several aliases: each use has metadata and direct subcharts of its own. */
function copyAs(chart: Chart, alias: string): Chart {
  const copy = chart.copy();
  const dependencies = chart.metadata.dependencies?.map((dependency) => dependency && { ...dependency });
  copy.metadata = { ...chart.metadata, dependencies };
  if (alias !== '') copy.metadata.name = alias;
  copy.dependencies = chart.dependencies.map((subchart) => subchart.copy());
  return copy;
}

function applyTags(
  requirements: readonly Dependency[],
  values: GoMap,
  deciders: Map<string, Taint>,
  { warn }: DependencyWork,
): void {
  const tags = lookUpTable(values, ['tags'])?.table;
  if (tags === undefined) return;
  for (const requirement of requirements) {
    const set: boolean[] = [];
    for (const tag of requirement.tags) {
      if (!tags.has(tag)) continue;
      noteDecider(deciders, requirement, tags.originOf(tag)?.taint);
      const value = tags.get(tag);
      if (typeof value === 'boolean') set.push(value);
      else warn(`returned non-bool value tag=${tag} chart=${requirement.name}`);
    }
    requirement.enabled = set.length === 0 || set.includes(true);
  }
}

/** Conditions are stronger than tags; the first that is a boolean decides. */
function applyConditions(
  requirements: readonly Dependency[],
  values: GoMap,
  path: readonly string[],
  deciders: Map<string, Taint>,
  { warn }: DependencyWork,
): void {
  const prefix = path.map((name) => `${name}.`).join('');
  for (const requirement of requirements) {
    for (const condition of requirement.condition.trim().split(',')) {
      if (condition === '') continue;
      const found = lookUpValue(values, `${prefix}${condition}`.split('.'));
      if (found === undefined) continue;
      noteDecider(deciders, requirement, found.taint);
      if (typeof found.value === 'boolean') {
        requirement.enabled = found.value;
        break;
      }
      warn(`returned non-bool value path=${condition} chart=${requirement.name}`);
    }
  }
}

function noteDecider(deciders: Map<string, Taint>, { name }: Dependency, taint: Taint = Taint.none): void {
  deciders.set(name, (deciders.get(name) ?? Taint.none).with(taint));
}
