import type { PolicyTally, Result } from '../engine/result.ts';

/** What was found in one of several charts, or in the manifests. */
interface ChartRow {
  /** Undefined for what is not from a chart. */
  readonly chart: string | undefined;
  readonly environments: readonly string[];
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** The policies of a run with what was found under each, if there are several. */
export function policyRows({ policyTallies = [] }: Result): readonly PolicyTally[] {
  return policyTallies.length > 1 ? policyTallies : [];
}

/** The charts of a run with what was found in each, if there are several; what is not from a chart is the last row. */
export function chartRows({ chartEnvironments, findings }: Result): readonly ChartRow[] {
  const charts = new Map<string | undefined, { errors: number; warnings: number; infos: number }>();
  for (const chart of chartEnvironments?.keys() ?? []) charts.set(chart, { errors: 0, warnings: 0, infos: 0 });
  if (charts.size < 2) return [];
  for (const { chart, severity, suppressed } of findings) {
    if (suppressed !== undefined) continue;
    const counts = charts.get(chart) ?? { errors: 0, warnings: 0, infos: 0 };
    counts[`${severity}s`] += 1;
    charts.set(chart, counts);
  }
  const others = charts.get(undefined);
  charts.delete(undefined);
  const rows = [...charts].map(([chart, counts]) => ({
    chart,
    environments: chartEnvironments?.get(chart ?? '') ?? [],
    ...counts,
  }));
  return others === undefined ? rows : [...rows, { chart: undefined, environments: [], ...others }];
}
