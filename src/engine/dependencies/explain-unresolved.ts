import { ChartError } from '../../helm/chart/chart-error.ts';
import { loadChart } from '../../helm/load/load-chart.ts';
import { ChartFolder } from '../render/chart-folder.ts';
import { dependencyFolders } from '../render/dependency-folders.ts';
import { toRunError } from '../render/render-errors.ts';
import type { RunError } from '../result.ts';
import { remoteFinder, type DownloadFailures } from '../render/downloads.ts';
import type { BringRequest } from './bring-dependencies.ts';

interface Surroundings extends Pick<BringRequest, 'depsFrom' | 'workingDirectory'> {
  readonly failures: DownloadFailures;
}

/** Why a chart is not complete: a dependency that is not to be had, or what is wrong with the chart itself. */
export function explainUnresolved(
  chart: string,
  { workingDirectory, depsFrom, failures }: Surroundings,
): RunError | undefined {
  const manifest = new ChartFolder(chart, { workingDirectory }).manifest();
  try {
    const { unresolved } = loadChart(chart, {
      workingDirectory,
      dependencyFolders: dependencyFolders({ depsFrom }, workingDirectory),
      findRemote: remoteFinder(failures),
    });
    return unresolved && toRunError(unresolved, manifest);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    return toRunError(error, manifest);
  }
}
