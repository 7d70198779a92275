import type { SourceText } from '../text/source.ts';
import type { Chart } from './chart/chart.ts';
import type { Dependency } from './chart/metadata.ts';
import { GoMap, type Value } from './value/value.ts';

/** What the subcharts of a chart mean for its values: several renderings of it, with the subcharts each enables. */
export class Subcharts {
  /** Those that at least one rendering enables, by the paths of their values; the root is among them. */
  readonly #enabled = new Map<string, Chart>();
  /** Those that Chart.yaml names or charts/ holds, by the paths of their values; undefined: it is not in charts/. */
  readonly #known = new Map<string, Chart | undefined>();
  readonly #paths: (readonly string[])[] = [];
  readonly #renderings = new Map<string, number>();
  readonly #count: number;
  readonly #bySource = new Map<SourceText, (readonly string[])[]>();
  /** The keys that conditions name. */
  readonly conditions: (readonly string[])[];
  /** The tables that import-values takes over. */
  readonly imports: (readonly string[])[] = [];

  /** @param conditions those of the chart above, which switch the root on */
  constructor(chart: Chart, rendered: readonly Chart[], conditions: readonly (readonly string[])[]) {
    this.conditions = [...conditions];
    this.#addKnown(chart, []);
    this.#count = rendered.length;
    for (const root of rendered) this.#addEnabled(root, []);
  }

  /** The paths at which enabled subcharts that have values of their own find them. */
  get paths(): readonly (readonly string[])[] {
    return this.#paths;
  }

  /** The charts whose `.Values` the chains of a template's text mean; all of them, for the text of a library chart. */
  ownersOf(source: SourceText): readonly (readonly string[])[] {
    return this.#bySource.get(source) ?? [[], ...this.#paths];
  }

  /** Whether every rendering enables the chart whose values are at a path. */
  isAlwaysEnabled(path: readonly string[]): boolean {
    return this.#renderings.get(path.join('\0')) === this.#count;
  }

  /** Whether a template's text belongs to one chart alone, and not to a library. */
  isOwned(source: SourceText): boolean {
    return this.#bySource.has(source);
  }

  /** Whether nothing can be said of a key: it is for all charts, for a library, or for a subchart that is not rendered. */
  isForeign(path: readonly string[]): boolean {
    for (let length = 0; length < path.length; length++) {
      const name = path[length];
      if (name === 'global' || (name === 'tags' && length === 0)) return true;
      const at = path.slice(0, length + 1).join('\0');
      const chart = this.#enabled.get(at);
      if (chart === undefined) return this.#known.has(at);
      if (chart.isLibrary) return true;
    }
    return false;
  }

  /** The defaults that subcharts have for what a path holds, each from the subchart's own values. */
  *defaultsAt(path: readonly string[]): Generator<Value> {
    for (let length = path.length; length > 0; length--) {
      const prefix = path.slice(0, length);
      const chart = this.#enabled.get(prefix.join('\0'));
      if (chart === undefined) continue;
      let value: Value = chart.valuesAt(prefix);
      for (const name of path.slice(length)) value = value instanceof GoMap ? value.get(name) : undefined;
      if (value !== undefined) yield value;
    }
  }

  /** Whether a subchart declares a key in its own values, or a dependency has it for its condition. */
  declares(path: readonly string[]): boolean {
    const at = path.join('\0');
    return !this.defaultsAt(path).next().done || this.conditions.some((condition) => condition.join('\0') === at);
  }

  /** The chart that a path of values belongs to, and the rest of the path. */
  chartAt(path: readonly string[]): { readonly chart: Chart | undefined; readonly rest: readonly string[] } {
    for (let length = path.length; length > 0; length--) {
      const chart = this.#enabled.get(path.slice(0, length).join('\0'));
      if (chart !== undefined) return { chart, rest: path.slice(length) };
    }
    return { chart: this.#enabled.get(''), rest: path };
  }

  #addKnown(chart: Chart, path: readonly string[]): void {
    const requirements = chart.metadata.dependencies?.filter((dependency) => dependency !== undefined) ?? [];
    for (const requirement of requirements) {
      const own = [...path, requirement.alias === '' ? requirement.name : requirement.alias];
      const subchart = chart.dependencies.find(({ name }) => name === requirement.name);
      this.#addDependency(requirement, path, own);
      this.#add(subchart, own);
    }
    for (const subchart of chart.dependencies) {
      if (!requirements.some(({ name }) => name === subchart.name)) this.#add(subchart, [...path, subchart.name]);
    }
  }

  #add(subchart: Chart | undefined, path: readonly string[]): void {
    this.#known.set(path.join('\0'), subchart);
    if (subchart !== undefined) this.#addKnown(subchart, path);
  }

  #addDependency({ condition, importValues }: Dependency, path: readonly string[], own: readonly string[]): void {
    for (const key of condition.split(',')) {
      if (key.trim() !== '') this.conditions.push([...path, ...key.trim().split('.')]);
    }
    for (const item of importValues) {
      const child =
        typeof item === 'string' ? `exports.${item}` : item instanceof GoMap ? item.get('child') : undefined;
      if (typeof child === 'string') this.imports.push([...own, ...child.split('.')]);
    }
  }

  #addEnabled(chart: Chart, path: readonly string[]): void {
    const at = path.join('\0');
    this.#renderings.set(at, (this.#renderings.get(at) ?? 0) + 1);
    if (!this.#enabled.has(at)) {
      this.#enabled.set(at, chart);
      if (path.length > 0 && !chart.isLibrary) this.#paths.push(path);
    }
    if (!chart.isLibrary) {
      for (const { source } of chart.templates) {
        const owners = this.#bySource.get(source);
        if (owners === undefined) this.#bySource.set(source, [path]);
        else if (!owners.some((owner) => owner.join('\0') === at)) owners.push(path);
      }
    }
    for (const subchart of chart.dependencies) this.#addEnabled(subchart, [...path, subchart.name]);
  }
}
