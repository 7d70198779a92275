import { basename, dirname, extname } from 'node:path';
import { readFile } from '../../files/read-file.ts';
import { findPolicyFile, repositoryAround } from '../../policy/find.ts';
import { BASELINE_FILE_NAME } from '../baseline/baseline.ts';
import { findCharts } from './find-charts.ts';
import { owningChart } from './owning-chart.ts';
import { isLibraryChart, withLocalDependencies } from './chart-metadata.ts';

/** What is linted in place of a file that was named. */
export type StandIn =
  | { readonly charts: readonly string[] }
  /** The folder of a policy file that no chart uses. */
  | { readonly folder: string }
  /** What it is when it is neither, and why it cannot be linted where it was named. */
  | { readonly format: string; readonly problem: string };

/** Names the values files that a policy, or the command line, gives to a chart; absolute. */
export type ValuesFilesOf = (chart: string) => Promise<readonly string[]>;

const POLICY_FILE = /^chartlint\.ya?ml$/;
const VALUES_FILE = /^values(?:[-._].*)?\.ya?ml$/;
const TEXT_FILES = new Set(['.yaml', '.yml', '.json']);

/** Finds the charts that files belong to, so that a hook may name templates, values files and policies. */
export class StandIns {
  readonly #workingDirectory: string;
  readonly #valuesFilesOf: ValuesFilesOf;
  readonly #isHook: boolean;
  readonly #chartByFolder = new Map<string, string | undefined>();
  readonly #chartsByRoot = new Map<string, readonly string[]>();

  constructor(workingDirectory: string, valuesFilesOf: ValuesFilesOf, isHook: boolean) {
    this.#workingDirectory = workingDirectory;
    this.#valuesFilesOf = valuesFilesOf;
    this.#isHook = isHook;
  }

  /**
   * What to lint in place of a file; undefined for a file that stands for itself.
   * @param file absolute
   */
  async find(file: string): Promise<StandIn | undefined> {
    const name = basename(file);
    const isArchive = /\.tgz$|\.tar\.gz$/i.test(name);
    // An archive is named on purpose; a hook names what changed.
    if (isArchive && !this.#isHook) return undefined;
    const chart = this.#owningChart(file);
    if (chart !== undefined) return { charts: isLibraryChart(chart) ? this.#usersOf(chart) : [chart] };
    if (isArchive) return undefined;
    if (POLICY_FILE.test(name)) return this.#chartsUnder(file);
    const charts = await this.findChartsWith(file);
    if (charts.length > 0) return { charts };
    if (VALUES_FILE.test(name)) {
      return {
        format: 'a values file of no chart',
        problem:
          'This values file belongs to no chart: it is not inside one, and no policy lists it in environments. Specify the chart, or add the file to environments in its chartlint.yaml.',
      };
    }
    // What a hook's pattern catches by accident is not ours to judge.
    const isOurs = TEXT_FILES.has(extname(name)) && name !== BASELINE_FILE_NAME;
    return this.#isHook && !isOurs ? { charts: [] } : undefined;
  }

  #owningChart(file: string): string | undefined {
    const folder = dirname(file);
    if (!this.#chartByFolder.has(folder)) this.#chartByFolder.set(folder, owningChart(file));
    return this.#chartByFolder.get(folder);
  }

  /** A library is linted with the charts that use it; one that no chart uses, by itself. */
  #usersOf(library: string): readonly string[] {
    const users = this.#chartsAround(library).filter(
      (chart) => withLocalDependencies(chart).has(library) && !isLibraryChart(chart),
    );
    return users.length > 0 || this.#isHook ? users : [library];
  }

  #chartsUnder(policy: string): StandIn {
    const folder = dirname(policy);
    const charts = findCharts(folder).filter((chart) => findPolicyFile(chart) === policy);
    return charts.length > 0 || this.#isHook ? { charts } : { folder };
  }

  /**
   * The charts whose policies name a file in environments; none for a file that is not a values file.
   * @param valuesFile absolute
   */
  async findChartsWith(valuesFile: string): Promise<readonly string[]> {
    const found: string[] = [];
    if (!VALUES_FILE.test(basename(valuesFile)) && !looksLikeValues(valuesFile)) return found;
    for (const chart of this.#chartsAround(valuesFile)) {
      if ((await this.#valuesFilesOf(chart)).includes(valuesFile)) found.push(chart);
    }
    return found;
  }

  #chartsAround(path: string): readonly string[] {
    const root = repositoryAround(dirname(path)) ?? this.#workingDirectory;
    let charts = this.#chartsByRoot.get(root);
    if (charts === undefined) this.#chartsByRoot.set(root, (charts = findCharts(root)));
    return charts;
  }
}

/** An object's kind: at the beginning of a line, of a list item or of a mapping in braces. */
const KIND = /(?:^(?:-[ \t]+)?|[{,]\s{0,200})["']?kind["']?[ \t]*:/m;
/** Most objects say what they are at once. */
const HEAD = 65_536;

/** Whether a YAML file says nowhere what kind of object it holds. */
function looksLikeValues(file: string): boolean {
  if (!/\.ya?ml$/.test(file)) return false;
  try {
    const bytes = readFile(file);
    return (
      !KIND.test(bytes.toString('latin1', 0, HEAD)) && (bytes.length <= HEAD || !KIND.test(bytes.toString('latin1')))
    );
  } catch {
    return false;
  }
}
