import type { Chart } from '../chart/chart.ts';
import { ChartError } from '../chart/chart-error.ts';
import { sprintf } from '../go/printf.ts';
import { GoMap, type Value } from '../value/value.ts';
import { Tracked } from '../value/tracked.ts';
import { coalesceTables, concatenate, type Warn } from './coalesce-tables.ts';
import { copyValues } from '../values/copy-values.ts';
import { coalesceGlobals } from './globals.ts';
import { unionOf } from '../values/union.ts';

/** How values are put together. */
export interface CoalesceMode {
  /** Keep nulls (`MergeValues`) instead of letting them delete (`CoalesceValues`). */
  readonly isMerge: boolean;
  readonly warn: Warn;
}

/**
 * A copy of the given values, completed by the defaults of a chart and of its subcharts.
 * @param path where the chart's values stand among the root's
 * @throws ChartError `type mismatch on sub: …` when a subchart's values are not a table
 */
export function coalesceValues(chart: Chart, values: GoMap, path: readonly string[], mode: CoalesceMode): GoMap {
  return coalesce(chart, copyValues(values), path, '', mode);
}

function coalesce(chart: Chart, dest: GoMap, path: readonly string[], prefix: string, mode: CoalesceMode): GoMap {
  addDefaults(chart, dest, copyValues(chart.valuesAt(path)), concatenate(prefix, chart.name), mode);
  for (const subchart of chart.dependencies) {
    const { name } = subchart;
    if (!dest.has(name)) dest.set(name, new GoMap());
    const table = dest.get(name);
    if (!(table instanceof GoMap)) throw new ChartError(`type mismatch on ${name}: ${formatBool(table)}`);
    const subPrefix = concatenate(prefix, chart.name);
    coalesceGlobals(table, dest, subPrefix, mode.warn);
    coalesce(subchart, table, [...path, name], subPrefix, mode);
  }
  return dest;
}

/** Helm's `coalesceValues`. */
function addDefaults(
  chart: Chart,
  dest: GoMap,
  defaults: GoMap,
  prefix: string,
  { isMerge, warn }: CoalesceMode,
): void {
  for (const key of defaults.keys()) {
    if (!dest.has(key)) {
      dest.copyEntry(key, defaults);
      continue;
    }
    const before = dest.get(key);
    const value = defaults.get(key);
    if (before === null && !isMerge) dest.deleteBy(key, dest.originOf(key));
    else if (before instanceof GoMap) {
      if (value instanceof GoMap) {
        const isSubchart = chart.dependencies.some(({ name }) => name === key);
        coalesceTables(before, value, concatenate(prefix, key), isMerge || isSubchart, warn);
        dest.set(key, before, unionOf(dest.originOf(key), defaults.originOf(key)));
      } else if (value !== null) warn(`warning: skipped value for ${prefix}.${key}: Not a table.`);
    }
  }
}

/** As Go's `%t` prints what is not a map. */
function formatBool(value: Value): string {
  return sprintf(new Tracked('%t'), [new Tracked(value)]).value;
}
