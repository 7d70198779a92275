import { ChartValues, ValuesError } from '../values/chart-values.ts';
import { ChartError } from '../chart/chart-error.ts';
import type { ChartFile } from '../chart/chart-file.ts';
import { Chart } from '../chart/chart.ts';
import { readArchive } from './load-archive.ts';
import { LoadBudget } from './load-budget.ts';
import { blankMetadata, decodeMetadata, readLock, type Metadata } from '../chart/metadata.ts';
import { compareBytes } from '../value/bytes.ts';
import { validateMetadata } from '../chart/validate-metadata.ts';

const TEMPLATES = 'templates/';
const CHARTS = 'charts/';

/**
 * Makes a chart of its files, subcharts included, as Helm's `loader.LoadFiles` does. Undeclared subcharts come in the
 * order of their folders' names; Helm's order of them is random.
 * @param budget what the chart, or the one around it, may still hold
 * @throws ChartError
 */
export function loadFiles(files: readonly ChartFile[], budget = new LoadBudget()): Chart {
  const metadata = readMetadata(files);
  const templates: ChartFile[] = [];
  const others: ChartFile[] = [];
  const subcharts = new Map<string, ChartFile[]>();
  let defaults = ChartValues.empty;
  let schema: ChartFile | undefined;
  for (const file of files) {
    const { name } = file;
    if (name === 'Chart.yaml') continue;
    if (name === 'Chart.lock') readLock(file);
    else if (name === 'values.yaml') defaults = readValues(file);
    else if (name === 'values.schema.json') schema = file;
    else if (name === 'requirements.yaml' || name === 'requirements.lock') {
      if (name === 'requirements.yaml') decodeMetadata(file, metadata);
      else readLock(file);
      if (metadata.apiVersion === 'v1') others.push(file);
    } else if (name.startsWith(TEMPLATES)) templates.push(file);
    else if (name.startsWith(CHARTS) && !name.endsWith('.prov')) {
      const path = name.slice(CHARTS.length);
      const [folder = ''] = path.split('/', 1);
      const group = subcharts.get(folder);
      const renamed = file.renamed(path);
      if (group === undefined) subcharts.set(folder, [renamed]);
      else group.push(renamed);
    } else others.push(file);
  }
  if (!files.some(({ name }) => isMetadata(name))) throw new ChartError('Chart.yaml file is missing');
  validateMetadata(metadata);
  const chart = new Chart({ metadata, templates, files: others, defaults, schema, all: files });
  chart.dependencies = [...subcharts]
    .filter(([folder]) => !/^[_.]/.test(folder))
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([folder, group]) => loadSubchart(folder, group, chart.name, budget));
  return chart;
}

function isMetadata(name: string): boolean {
  return name === 'Chart.yaml' || name === 'requirements.yaml' || name === 'requirements.lock';
}

function readMetadata(files: readonly ChartFile[]): Metadata {
  const metadata = blankMetadata();
  for (const file of files) {
    if (file.name !== 'Chart.yaml') continue;
    decodeMetadata(file, metadata);
    if (metadata.apiVersion === '') metadata.apiVersion = 'v1';
  }
  return metadata;
}

function readValues(file: ChartFile): ChartValues {
  try {
    return ChartValues.read(file.source);
  } catch (error) {
    if (!(error instanceof ValuesError)) throw error;
    throw new ChartError(`cannot load values.yaml: ${error.message}`, error.source.locate(error.range), false, {
      help: error.help,
    });
  }
}

function loadSubchart(folder: string, files: readonly ChartFile[], parent: string, budget: LoadBudget): Chart {
  const archive = folder.endsWith('.tgz') ? files[0] : undefined;
  if (archive !== undefined && archive.name !== folder) {
    throw new ChartError(`error unpacking subchart tar in ${parent}: expected ${folder}, got ${archive.name}`);
  }
  try {
    return archive === undefined
      ? loadFolder(files, budget)
      : loadFiles(readArchive(archive.data, archive.file, budget), budget);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw new ChartError(`error unpacking subchart ${folder} in ${parent}: ${error.message}`, error.location, false, {
      help: error.help,
    });
  }
}

function loadFolder(files: readonly ChartFile[], budget: LoadBudget): Chart {
  const inside = files.filter(({ name }) => name.includes('/'));
  return loadFiles(
    inside.map((file) => file.renamed(file.name.slice(file.name.indexOf('/') + 1))),
    budget,
  );
}
