import { join } from 'node:path';
import { realPath } from '../../files/inside.ts';
import { ChartError } from '../chart/chart-error.ts';
import type { Chart } from '../chart/chart.ts';
import { DependencyError } from '../chart/dependency-error.ts';
import { explainMissing, listDependencies, locateDependency, missingDependencies } from '../chart/list-dependencies.ts';
import { lockedDependencies } from '../chart/locked-dependencies.ts';
import type { Dependency } from '../chart/metadata.ts';
import type { PackedDependency, RemoteDependency } from './dependency-cache.ts';
import type { LoadBudget } from './load-budget.ts';
import { readArchive } from './load-archive.ts';
import { loadFiles } from './load-files.ts';
import { isLocal, loadLocalDependency, localPath } from './local-dependency.ts';

/** What loading the dependencies of a chart needs to know. */
export interface DependencyContext {
  readonly displayName: (path: string) => string;
  readonly budget: LoadBudget;
  /** The folders, without links, that may be read; asked when there is something to read. */
  readonly folders: () => readonly string[];
  /**
   * Finds a chart that is not in a folder.
   * @throws DependencyError that says why it was not downloaded
   */
  readonly findRemote: (wanted: RemoteDependency) => PackedDependency | undefined;
  /** The address of an alias such as `@stable`; by default the one that Chart.lock has. */
  readonly urlOf?: ((alias: string) => string | undefined) | undefined;
}

/**
 * Adds the dependencies of a chart that are not in `charts/`, and those of these, as `helm dependency build` would put
 * them there. A folder (`file://`) is read where it is. What is not to be had is noted in `unresolved`.
 * @param folder the chart's; absolute
 * @param trail the folders, without links, of the charts that lead here
 */
export function addDependencies(
  chart: Chart,
  folder: string,
  context: DependencyContext,
  trail: readonly string[] = [],
): void {
  const missing = missingDependencies(chart);
  if (missing.length === 0) return;
  const added = new Map<string, Chart>();
  const left: Dependency[] = [];
  for (const dependency of missing) {
    try {
      if (isLocal(dependency)) {
        const path = localPath(dependency, folder);
        // Two aliases of one chart.
        if (added.has(path)) continue;
        const loaded = loadLocalDependency(chart, dependency, path, context, [...trail, realPath(folder)]);
        addDependencies(loaded, path, context, [...trail, realPath(folder)]);
        added.set(path, loaded);
      } else {
        const wanted = wantedVersion(chart, dependency, context);
        const packed = dependency.repository === '' ? undefined : context.findRemote(wanted);
        if (packed === undefined) left.push(dependency);
        else {
          const file = `${dependency.name}-${packed.version}.tgz`;
          if (!added.has(file)) added.set(file, loadPacked(packed, join(folder, 'charts', file), context));
        }
      }
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      const place = error instanceof DependencyError ? locateDependency(chart, dependency, 'repository') : undefined;
      chart.unresolved ??=
        error instanceof DependencyError && error.location === undefined
          ? new DependencyError(error.message, error.help, place)
          : error;
    }
  }
  chart.dependencies = [...chart.dependencies, ...added.values()];
  if (left.length > 0) chart.unresolved ??= notThere(chart, left, context.displayName(folder));
  for (const { unresolved } of added.values()) chart.unresolved ??= unresolved;
}

/** What Chart.lock says, else what Chart.yaml does. */
function wantedVersion(chart: Chart, dependency: Dependency, { urlOf }: DependencyContext): RemoteDependency {
  const locked = lockedDependencies(chart, urlOf)?.[listDependencies(chart).indexOf(dependency)];
  const { name, version, repository } = locked?.name === dependency.name ? locked : dependency;
  return { name, version, repository };
}

/** @param path where `helm dependency build` would put the archive: what reports call it */
function loadPacked({ bytes }: PackedDependency, path: string, { budget, displayName }: DependencyContext): Chart {
  budget.takeDependency();
  const name = displayName(path);
  try {
    return loadFiles(readArchive(bytes, name, budget), budget);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw new ChartError(`${name} cannot be loaded: ${error.message}`, error.location);
  }
}

/** @param chartName as reports name the chart */
function notThere(chart: Chart, missing: readonly Dependency[], chartName: string): DependencyError {
  const [first] = missing;
  const help =
    first?.repository === ''
      ? `Dependency ${first.name} has no repository, so it must be in charts/. Copy it there, or write its repository.`
      : `Run chartlint deps ${chartName}${chartName === '.' ? ' in the folder of the chart' : ''}, or add --deps: ` +
        'nothing is downloaded unasked.';
  return new DependencyError(explainMissing(missing), help, first && locateDependency(chart, first, 'name'));
}
