import type { Location } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseHelmFile } from '../../yaml/parse.ts';
import type { Chart } from './chart.ts';
import type { Dependency } from './metadata.ts';

/** The entries of `dependencies`; null ones have been refused when the chart was loaded. */
export function listDependencies(chart: Chart): readonly Dependency[] {
  return chart.metadata.dependencies?.filter((dependency) => dependency !== undefined) ?? [];
}

/** Those that are not among a chart's subcharts, as Helm looks: by their names alone. */
export function missingDependencies(chart: Chart): readonly Dependency[] {
  const present = new Set(chart.dependencies.map(({ name }) => name));
  return listDependencies(chart).filter(({ name }) => !present.has(name));
}

/** What Helm says of dependencies that are not in `charts/`. */
export function explainMissing(missing: readonly Dependency[]): string {
  const names = missing.map(({ name }) => name).join(', ');
  return (
    'an error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch ' +
    `missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${names}`
  );
}

/** Where a chart says one thing of a dependency: in Chart.yaml, or in the older requirements.yaml. */
export function locateDependency(
  chart: Chart,
  dependency: Dependency,
  key: 'name' | 'version' | 'repository',
): Location | undefined {
  const index = chart.metadata.dependencies?.indexOf(dependency) ?? -1;
  for (const name of ['requirements.yaml', 'Chart.yaml']) {
    const file = chart.all.find((each) => each.name === name);
    if (file === undefined) continue;
    for (const { document } of parseHelmFile(file.source)) {
      if (document === undefined) continue;
      const entry = Cursor.root(document, document.root).at('dependencies', index);
      if (entry.exists) return file.source.locate(entry.at(key).range);
    }
  }
  return undefined;
}
