import { posix } from 'node:path';
import { GoMap, type GoObject } from '../value/value.ts';
import { type Origin, Taint, type TemplateFile } from '../value/origin.ts';
import { ValuesKey } from '../value/values-key.ts';
import { SourceText } from '../../text/source.ts';
import { int } from '../value/tracked.ts';
import { lookUpTable } from '../values/look-up.ts';
import { makeChartMap } from './chart-map.ts';
import type { ChartFile } from '../chart/chart-file.ts';
import type { Chart } from '../chart/chart.ts';
import { makeFiles } from '../chart/files.ts';

/** What a chart's templates get as dot: one object for all of them, since templates may change it. */
export interface ChartContext {
  readonly chart: Chart;
  /** `common.Values`. */
  readonly data: GoMap;
  /** `root/charts/sub/templates`. */
  readonly basePath: string;
}

/** A template of an enabled chart. */
export interface ChartTemplate {
  readonly file: TemplateFile;
  readonly context: ChartContext;
}

export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly isUpgrade: boolean;
}

/** `.Release`. */
export function makeRelease({ name, namespace, isUpgrade }: Release): GoMap {
  return GoMap.from([
    ['Name', name],
    ['Namespace', namespace],
    ['IsUpgrade', isUpgrade],
    ['IsInstall', !isUpgrade],
    ['Revision', int(1)],
    ['Service', 'Helm'],
  ]);
}

/** Sets `.Template` in a chart's data: it names the file that is executed, and is set just before. */
export function setTemplate({ data, basePath }: ChartContext, name: string): void {
  const template: [string, string][] = [
    ['Name', name],
    ['BasePath', basePath],
  ];
  data.set('Template', GoMap.from(template, 'common.Values'));
}

/**
 * The templates of a chart and its subcharts, each with its chart's data; not in the order of execution.
 * @param values the root's coalesced values
 */
export function makeTemplates(root: Chart, values: GoMap, release: GoMap, capabilities: GoObject): ChartTemplate[] {
  const templates = new Map<string, ChartTemplate>();
  visit(root, undefined, []);
  return [...templates.values()];

  function visit(chart: Chart, parent: GoMap | undefined, path: readonly string[]): GoMap {
    const subcharts = new GoMap();
    const data = GoMap.from([
      ['Chart', makeChartMap(chart)],
      ['Files', makeFiles(chart.files)],
      ['Release', release],
      ['Capabilities', capabilities],
      ['Subcharts', subcharts],
    ]);
    const own = chart.parent === undefined ? values : valuesOf(chart.name, parent);
    data.set('Values', own.as('common.Values'), rootOrigin(chart, path));
    for (const subchart of chart.dependencies) {
      subcharts.set(subchart.name, visit(subchart, data, [...path, subchart.name]));
    }
    const { fullPath } = chart;
    const context = { chart, data: data.as('common.Values'), basePath: posix.join(fullPath, 'templates') };
    for (const template of chart.templates) {
      if (chart.isLibrary && !posix.basename(template.name).startsWith('_')) continue;
      const file = toTemplateFile(posix.join(fullPath, template.name), template);
      templates.set(file.name, { file, context });
    }
    return data;
  }
}

/** Of a chart's values as a whole: what they do not hold would be added to its values.yaml. */
function rootOrigin(chart: Chart, path: readonly string[]): Origin {
  const file = chart.all.find(({ name }) => name === 'values.yaml');
  const name = chart.all[0]?.file ?? '';
  const source =
    file?.source ?? new SourceText(name.slice(0, name.length - (chart.all[0]?.name.length ?? 0)) + 'values.yaml', '');
  const start = { start: 0, end: 0 };
  return { taint: Taint.none, segments: undefined, key: new ValuesKey(path, source, start, start) };
}

/** Helm looks a chart up by a dotted path, so one with a dot in its name has no values. */
function valuesOf(name: string, parent: GoMap | undefined): GoMap {
  const values = parent?.get('Values');
  const found = values instanceof GoMap ? lookUpTable(values, name.split('.')) : undefined;
  return found?.table ?? new GoMap();
}

function toTemplateFile(name: string, template: ChartFile): TemplateFile {
  return { name, source: template.source };
}
