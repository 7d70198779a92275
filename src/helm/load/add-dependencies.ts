import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { explainUnread } from '../../files/file-error.ts';
import { isFileInside, realPath } from '../../files/inside.ts';
import { ChartError } from '../chart/chart-error.ts';
import type { Chart } from '../chart/chart.ts';
import { DependencyError } from '../chart/dependency-error.ts';
import { explainMissing, locateDependency, missingDependencies } from '../chart/list-dependencies.ts';
import type { Dependency } from '../chart/metadata.ts';
import { satisfies } from '../go/semver-constraint.ts';
import { parseVersion, SemverError } from '../go/semver-version.ts';
import type { LoadBudget } from './load-budget.ts';
import { loadFiles } from './load-files.ts';
import { readFolder } from './load-folder.ts';

const LOCAL = 'file://';

/** What loading the dependencies of a chart needs to know. */
export interface DependencyContext {
  readonly displayName: (path: string) => string;
  readonly budget: LoadBudget;
  /** The folders, without links, that may be read; asked when there is something to read. */
  readonly folders: () => readonly string[];
}

/**
 * Adds the dependencies of a chart that are not in `charts/`, and those of these, as `helm dependency build` would put
 * them there: a folder (`file://`) is read where it is. What is not to be had is noted in `unresolved`.
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
    if (!dependency.repository.startsWith(LOCAL)) {
      left.push(dependency);
      continue;
    }
    try {
      const path = localPath(dependency, folder);
      // Two aliases of one chart.
      if (!added.has(path)) added.set(path, loadLocal(chart, dependency, path, context, [...trail, realPath(folder)]));
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      chart.unresolved ??= error;
    }
  }
  chart.dependencies = [...chart.dependencies, ...added.values()];
  if (left.length > 0) chart.unresolved ??= notThere(chart, left, context.displayName(folder));
  for (const { unresolved } of added.values()) chart.unresolved ??= unresolved;
}

/** The folder of a `file://` dependency (Helm's `resolver.GetLocalPath`). */
function localPath({ repository }: Dependency, folder: string): string {
  const path = repository.slice(LOCAL.length);
  return isAbsolute(path) ? resolve(path) : join(folder, path);
}

function loadLocal(
  chart: Chart,
  dependency: Dependency,
  path: string,
  context: DependencyContext,
  trail: readonly string[],
): Chart {
  const { displayName, budget } = context;
  const name = displayName(path);
  const refuse = (key: 'name' | 'version' | 'repository', message: string, help: string): DependencyError => {
    return new DependencyError(message, help, locateDependency(chart, dependency, key));
  };
  const root = realPath(path);
  if (!context.folders().some((allowed) => isFileInside(root, allowed))) {
    throw refuse(
      'repository',
      `Dependency ${dependency.name} is in ${name}, which is outside the Git repository of the chart.`,
      `If the folder may be read, specify --deps-from ${name}. Otherwise copy the chart into the repository.`,
    );
  }
  if (trail.includes(root)) {
    throw refuse('repository', `Dependency ${dependency.name} (${name}) depends on itself.`, 'Remove one of the two.');
  }
  if (statSync(join(path, 'Chart.yaml'), { throwIfNoEntry: false }) === undefined) {
    const reason = statSync(path, { throwIfNoEntry: false }) === undefined ? 'does not exist' : 'has no Chart.yaml';
    throw refuse(
      'repository',
      `The folder ${name} of dependency ${dependency.name} ${reason}.`,
      'Correct its repository, which is relative to the folder of the chart.',
    );
  }
  budget.takeDependency();
  const loaded = loadFolder(dependency, path, root, context);
  requireVersion(dependency, loaded, refuse);
  if (loaded.name !== dependency.name) {
    throw refuse(
      'name',
      `The chart in ${name} is called ${loaded.name}, not ${dependency.name}.`,
      `Write name: ${loaded.name}, and alias: ${dependency.name} to keep the name of its values.`,
    );
  }
  addDependencies(loaded, path, context, trail);
  return loaded;
}

function loadFolder(
  dependency: Dependency,
  path: string,
  root: string,
  { displayName, budget }: DependencyContext,
): Chart {
  try {
    return loadFiles(readFolder(path, displayName, budget, root), budget);
  } catch (error) {
    const place = `dependency ${dependency.name} (${displayName(path)}) cannot be loaded`;
    if (error instanceof ChartError) throw new ChartError(`${place}: ${error.message}`, error.location);
    const fault = explainUnread(error);
    if (fault === undefined || !(error instanceof Error) || !('path' in error)) throw error;
    const file = displayName(String(error.path));
    const location = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    throw new ChartError(`${place}: ${file} cannot be read: ${fault.reason}. ${fault.help}`, location);
  }
}

/** The version must be in the range of Chart.yaml, as when Helm packs the folder. */
function requireVersion(
  { name, version: range }: Dependency,
  loaded: Chart,
  refuse: (key: 'version', message: string, help: string) => DependencyError,
): void {
  const { version } = loaded.metadata;
  try {
    parseVersion(version);
    if (satisfies(range, version)) return;
  } catch (error) {
    if (!(error instanceof SemverError)) throw error;
    throw refuse(
      'version',
      `The version ${JSON.stringify(range)} of dependency ${name} is not a version range: ${error.message}.`,
      `Write version: ${version}, or a range such as ^${version}.`,
    );
  }
  throw refuse(
    'version',
    `Dependency ${name} must have a version in the range ${range}, but it has version ${version}.`,
    `Change the range to one that includes ${version}, or the version of the dependency.`,
  );
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
