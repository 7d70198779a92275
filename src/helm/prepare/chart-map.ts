import { GoList, GoMap, type Value } from '../value/value.ts';
import type { Chart } from '../chart/chart.ts';
import { listDependencies } from '../chart/list-dependencies.ts';
import type { Dependency, Maintainer } from '../chart/metadata.ts';

/** `.Chart`: the fields of Go's `Metadata`, and whether the chart is the root. */
export function makeChartMap(chart: Chart): GoMap {
  const { metadata } = chart;
  return GoMap.from([
    ['Name', metadata.name],
    ['Home', metadata.home],
    ['Sources', new GoList(metadata.sources)],
    ['Version', metadata.version],
    ['Description', metadata.description],
    ['Keywords', new GoList(metadata.keywords)],
    ['Maintainers', new GoList(metadata.maintainers.filter((item) => item !== undefined).map(makeMaintainer))],
    ['Icon', metadata.icon],
    ['APIVersion', metadata.apiVersion],
    ['Condition', metadata.condition],
    ['Tags', metadata.tags],
    ['AppVersion', metadata.appVersion],
    ['Deprecated', metadata.deprecated],
    ['Annotations', makeAnnotations(metadata.annotations)],
    ['KubeVersion', metadata.kubeVersion],
    ['Dependencies', new GoList(listDependencies(chart).map(makeDependency))],
    ['Type', metadata.type],
    ['IsRoot', chart.parent === undefined],
  ]);
}

function makeAnnotations(annotations: ReadonlyMap<string, string> | undefined): Value {
  if (annotations === undefined) return new GoMap('map[string]string', true);
  return GoMap.from(annotations, 'map[string]string');
}

function makeMaintainer({ name, email, url }: Maintainer): Value {
  return GoMap.from([
    ['Name', name],
    ['Email', email],
    ['URL', url],
  ]);
}

function makeDependency(dependency: Dependency): Value {
  return GoMap.from([
    ['Name', dependency.name],
    ['Version', dependency.version],
    ['Repository', dependency.repository],
    ['Condition', dependency.condition],
    ['Tags', new GoList(dependency.tags)],
    ['Enabled', dependency.enabled],
    ['ImportValues', new GoList(dependency.importValues)],
    ['Alias', dependency.alias],
  ]);
}
