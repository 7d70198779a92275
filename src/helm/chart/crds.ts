import { posix } from 'node:path';
import type { Chart } from './chart.ts';
import type { ChartFile } from './chart-file.ts';

/** A file of a chart's crds/ folder, which `--include-crds` prints as it is. */
export interface Crd {
  /** As `# Source:` names it: `root/charts/sub/crds/a.yaml`. */
  readonly path: string;
  readonly file: ChartFile;
}

/** The custom resource definitions of a chart, then of its subcharts. */
export function listCrds(chart: Chart): readonly Crd[] {
  const own = chart.files
    .filter(({ name }) => name.startsWith('crds/') && /\.(?:ya?ml|json)$/i.test(name))
    .map((file) => ({ path: posix.join(chart.fullPath, file.name), file }));
  return [...own, ...chart.dependencies.flatMap(listCrds)];
}
