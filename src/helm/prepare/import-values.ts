import { GoMap, type Value } from '../value/value.ts';
import { printValue } from '../go/print.ts';
import { coalesceValues, type CoalesceMode } from './coalesce.ts';
import { coalesceTables } from './coalesce-tables.ts';
import { copyValues } from '../values/copy-values.ts';
import { lookUpTable } from '../values/look-up.ts';
import type { Chart } from '../chart/chart.ts';
import { listDependencies } from '../chart/list-dependencies.ts';
import type { DependencyWork } from './dependencies.ts';

/**
 * Brings values of subcharts to where `import-values` wants them, from the leaves up: Helm's
 * `processDependencyImportValues`. Every chart with `dependencies` then has the defaults of its subcharts among its own.
 * @param path where the chart's values stand among the root's
 */
export function importValues(chart: Chart, path: readonly string[], work: DependencyWork): void {
  for (const subchart of chart.dependencies) importValues(subchart, [...path, subchart.name], work);
  if (chart.metadata.dependencies === undefined) return;
  const mode: CoalesceMode = { isMerge: true, warn: work.warn };
  const values = coalesceValues(chart, new GoMap(), path, mode);
  let imported = new GoMap();
  for (const requirement of listDependencies(chart)) {
    const done: Value[] = [];
    for (const item of requirement.importValues) {
      const wanted = readImport(item);
      if (wanted === undefined) continue;
      done.push(GoMap.from(Object.entries(wanted), 'map[string]string'));
      const found = lookUpTable(values, `${requirement.name}.${wanted.child}`.split('.'));
      if (found === undefined) {
        work.warn(`ImportValues missing table from chart chart=${requirement.name} table=${wanted.child}`);
        continue;
      }
      work.read(found.taint);
      const table = found.table.size === 0 ? new GoMap() : found.table;
      imported = coalesceTables(imported, place(table, wanted.parent), '', true, work.warn);
    }
    requirement.importValues = done;
  }
  // Values of one table may appear in both: what comes next must not change the one through the other.
  chart.imported = coalesceTables(copyValues(values), imported, '', true, work.warn);
}

function readImport(item: Value): { child: string; parent: string } | undefined {
  if (typeof item === 'string') return { child: `exports.${item}`, parent: '.' };
  if (!(item instanceof GoMap)) return undefined;
  return { child: printValue(item.get('child')), parent: printValue(item.get('parent')) };
}

/** Puts a table under a dotted path; `.` is the top. */
function place(table: GoMap, parent: string): GoMap {
  if (parent === '.') return table;
  let placed = table;
  for (const key of parent.split('.').toReversed()) placed = GoMap.from([[key, placed]]);
  return placed;
}
