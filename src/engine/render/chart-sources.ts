import type { ChartDocument } from '../../bundle/chart.ts';
import type { Chart } from '../../helm/chart/chart.ts';
import { fromBytes } from '../../helm/value/bytes.ts';
import type { ReadUserFile } from '../../helm/flags/user-values.ts';
import { SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { mergeMappings } from '../../yaml/merge-mappings.ts';
import { parseDocuments, parseHelmFile } from '../../yaml/parse.ts';
import type { EnvironmentRequest } from './choose-environments.ts';
import type { ChartFolder } from './chart-folder.ts';
import type { RenderedChart } from './rendered-chart.ts';

/** What Helm reads of a chart besides its templates. */
const DATA_FILES = ['Chart.yaml', 'values.yaml', 'values.schema.json', 'requirements.yaml'];

/** The texts of a chart that people wrote, each made once, and which environments are made with them. */
export class ChartSources {
  readonly #folder: ChartFolder;
  readonly #chart: Chart;
  readonly #byName = new Map<string, { source: SourceText; environments: Set<string>; isData: boolean }>();
  readonly #cursors = new Map<SourceText, Cursor>();

  constructor(folder: ChartFolder, chart: Chart) {
    this.#folder = folder;
    this.#chart = chart;
  }

  all(): RenderedChart['files'] {
    return [...this.#byName.values()].map((use) => ({ ...use, environments: [...use.environments] }));
  }

  /** Notes that an environment is made with the files of the chart and of its subcharts, those of `crds` if it is. */
  addChart(environment: string, includesCrds: boolean, chart: Chart = this.#chart): void {
    for (const { file, source } of chart.templates) this.#use(file, () => source, environment, false);
    for (const file of chart.all) {
      const isCrd = includesCrds && file.name.startsWith('crds/');
      const isData = DATA_FILES.includes(file.name);
      if (isCrd || isData) this.#use(file.file, () => file.source, environment, isData);
    }
    for (const subchart of chart.dependencies) this.addChart(environment, includesCrds, subchart);
  }

  /**
   * Reads the values files of an environment.
   * @param read takes each, in the order of reading
   */
  reader(environment: EnvironmentRequest, read: SourceText[]): ReadUserFile {
    const readFile = this.#folder.fileReader(this.#chart, environment);
    return (path) => {
      const file = readFile(path);
      const make = (): SourceText => new SourceText(file.displayName, fromBytes(file.data));
      read.push(this.#use(file.displayName, make, environment.name, true));
      return file;
    };
  }

  /** The values files of the chart and its subcharts, and those of all environments. */
  valuesFiles(): SourceText[] {
    const isTemplate = ({ file }: SourceText): boolean => file.includes('/templates/') || file.startsWith('templates/');
    return [...this.#byName.values()].map(({ source }) => source).filter((source) => !isTemplate(source));
  }

  /** A file of the chart by its path; an empty text when there is none. */
  file(path: string): SourceText {
    const name = this.#chart.all.find((file) => file.name === path)?.file ?? this.#folder.fileName(path);
    return this.#byName.get(name)?.source ?? this.#folder.read(path, this.#chart);
  }

  /** A file of the chart as a place to point at. */
  startOf(path: string): Cursor {
    const source = this.file(path);
    return Cursor.root({ source, root: undefined, template: undefined, start: 0, end: 0 }, undefined);
  }

  /** The documents of a YAML file of the chart, templates of it not rendered. */
  documentsOf(path: string): ChartDocument[] {
    const source = this.file(path);
    return [...parseDocuments(source)].map(({ document, fault }) => {
      if (document !== undefined) return { root: Cursor.root(document, document.root) };
      return { problem: fault.message, hasActions: source.text.includes('{{') };
    });
  }

  /** On the root of a YAML file: of its first document, or of all that a values file has. */
  cursorOn(source: SourceText): Cursor {
    let cursor = this.#cursors.get(source);
    if (cursor === undefined) {
      const documents = [...parseHelmFile(source)].flatMap(({ document }) => document ?? []);
      const empty = { source, root: undefined, template: undefined, start: 0, end: 0 };
      const mappings = documents.flatMap(({ root }) => (root?.kind === 'mapping' ? [root] : []));
      const [first = empty] = documents;
      const root = mappings.length > 1 ? mappings.reduce(mergeMappings) : (mappings[0] ?? first.root);
      this.#cursors.set(source, (cursor = Cursor.root({ ...first, root }, root)));
    }
    return cursor;
  }

  #use(name: string, make: () => SourceText, environment: string, isData: boolean): SourceText {
    let known = this.#byName.get(name);
    if (known === undefined) this.#byName.set(name, (known = { source: make(), environments: new Set(), isData }));
    known.environments.add(environment);
    return known.source;
  }
}
