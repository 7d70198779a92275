import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { explainUnread } from '../../files/file-error.ts';
import { isFileInside, realPath } from '../../files/inside.ts';
import { ChartError } from '../chart/chart-error.ts';
import type { Chart } from '../chart/chart.ts';
import { DependencyError } from '../chart/dependency-error.ts';
import { locateDependency } from '../chart/list-dependencies.ts';
import type { Dependency } from '../chart/metadata.ts';
import { satisfies } from '../go/semver-constraint.ts';
import { parseVersion, SemverError } from '../go/semver-version.ts';
import type { LoadBudget } from './load-budget.ts';
import { loadFiles } from './load-files.ts';
import { readFolder } from './load-folder.ts';

const SCHEME = 'file://';

interface Surroundings {
  readonly displayName: (path: string) => string;
  readonly budget: LoadBudget;
  readonly folders: () => readonly string[];
}

type Refusal = (key: 'name' | 'version' | 'repository', message: string, help: string) => DependencyError;

/** Whether a dependency is a folder. */
export function isLocal({ repository }: Dependency): boolean {
  return repository.startsWith(SCHEME);
}

/** The folder of a `file://` dependency (Helm's `resolver.GetLocalPath`). */
export function localPath({ repository }: Dependency, folder: string): string {
  const path = repository.slice(SCHEME.length);
  return isAbsolute(path) ? resolve(path) : join(folder, path);
}

/**
 * Reads the folder of a `file://` dependency as Helm packs it.
 * @param trail the folders, without links, of the charts that lead here
 * @throws ChartError
 */
export function loadLocalDependency(
  chart: Chart,
  dependency: Dependency,
  path: string,
  surroundings: Surroundings,
  trail: readonly string[],
): Chart {
  const { displayName, budget } = surroundings;
  const name = displayName(path);
  const refuse: Refusal = (key, message, help) => {
    return new DependencyError(message, help, locateDependency(chart, dependency, key));
  };
  const root = realPath(path);
  if (!surroundings.folders().some((allowed) => isFileInside(root, allowed))) {
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
  const loaded = loadFolder(dependency, path, root, surroundings);
  requireVersion(dependency, loaded, refuse);
  if (loaded.name !== dependency.name) {
    throw refuse(
      'name',
      `The chart in ${name} is called ${loaded.name}, not ${dependency.name}.`,
      `Write name: ${loaded.name}, and alias: ${dependency.name} to keep the name of its values.`,
    );
  }
  return loaded;
}

function loadFolder(dependency: Dependency, path: string, root: string, { displayName, budget }: Surroundings): Chart {
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
function requireVersion({ name, version: range }: Dependency, loaded: Chart, refuse: Refusal): void {
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
