import type { Chart } from './chart/chart.ts';
import type { ChartRendering } from './render.ts';
import { PathSet, PathTree } from './path-set.ts';
import { Subcharts } from './subcharts.ts';
import { fieldChains } from './template/field-chains.ts';
import type { Override } from './template/override.ts';
import { findUndeclaredReads, type UndeclaredRead, valuesPath } from './undeclared-reads.ts';
import { GoMap } from './value/value.ts';
import { tablesOf } from './values/tables.ts';

/** Which values the templates of a chart read. Paths are those of the root chart's `.Values`. */
export interface ValuesUsage {
  /** Whether a rendering read the key, or what lies inside of it; also true for what only a branch not taken would read. */
  isRead(path: readonly string[]): boolean;
  /** Whether a template names this very key, rather than passing on what contains it. */
  isNamed(path: readonly string[]): boolean;
  /** The names that templates ask a key for: what they read inside of it. */
  namesReadIn(path: readonly string[]): ReadonlySet<string>;
  /** Whether nothing can be said of the key: it is for all charts (`global`), or for a subchart that is not rendered. */
  isForeign(path: readonly string[]): boolean;
  /** Whether a subchart declares the key in its own values.yaml, or a dependency has it for its condition. */
  isDeclaredBelow(path: readonly string[]): boolean;
  /** The names that subcharts declare inside of a key. */
  namesDeclaredBelow(path: readonly string[]): ReadonlySet<string>;
  /** The keys that templates print though no values file has them: each place and key once. */
  undeclaredReads(): readonly UndeclaredRead[];
  /** The values that templates took for values that are not set, in all renderings together: each place and key once. */
  overrides(): readonly Override[];
}

interface UsageRequest {
  /** False when an environment did not render: nothing can then be said to be unread. */
  readonly isWhole: boolean;
  /** The keys that the chart above reads to switch this one on. */
  readonly parentConditions: readonly (readonly string[])[];
}

/**
 * Puts together what several renderings of one chart read; worked out when it is first asked for.
 */
export function measureUsage(
  renderings: readonly ChartRendering[],
  chart: Chart,
  { isWhole, parentConditions }: UsageRequest,
): ValuesUsage {
  let known: Measured | undefined;
  let overrides: readonly Override[] | undefined;
  let undeclared: readonly UndeclaredRead[] | undefined;
  const subcharts = new Subcharts(
    chart,
    renderings.map((rendering) => rendering.chart),
    parentConditions,
  );
  const measured = (): Measured => (known ??= measure(renderings, chart, subcharts));
  const isRead = (path: readonly string[]): boolean => measured().read.has(path) || measured().idle.mayRead(path);
  return {
    isRead: (path) => !isWhole || isRead(path),
    isNamed: (path) => measured().named.has(path),
    namesReadIn: (path) => measured().within.namesAt(path),
    isForeign: (path) => subcharts.isForeign(path),
    isDeclaredBelow: (path) => subcharts.declares(path),
    namesDeclaredBelow(path) {
      const tables = [...subcharts.defaultsAt(path)].filter((value) => value instanceof GoMap);
      return new Set(tables.flatMap((table) => table.keys()));
    },
    overrides: () => (overrides ??= gatherOverrides(renderings)),
    undeclaredReads() {
      const isPassedOn = (path: readonly string[]): boolean => {
        return (
          (measured().read.has(path) && !measured().within.has(path)) || measured().idle.isTaken(path.slice(0, -1))
        );
      };
      const request = { renderings, chart, subcharts, isRead, isPassedOn };
      return (undeclared ??= isWhole ? findUndeclaredReads(request) : []);
    },
  };
}

/** A values file is read anew for each environment, and each has keys of its own. */
function gatherOverrides(renderings: readonly ChartRendering[]): Override[] {
  const distinct = new Map<string, Override>();
  for (const override of renderings.flatMap(({ execution }) => execution.overrides)) {
    const { key, file, range } = override;
    const identity = [file.name, range.start, key.name, key.source.file, key.range.start];
    const id = identity.join('\0');
    if (!distinct.has(id)) distinct.set(id, override);
  }
  return [...distinct.values()];
}

interface Measured {
  readonly read: PathSet;
  readonly named: PathSet;
  /** The named keys and what contains them. */
  readonly within: PathTree;
  readonly idle: IdleReads;
}

function measure(renderings: readonly ChartRendering[], chart: Chart, subcharts: Subcharts): Measured {
  const read = new PathSet();
  const named = new PathSet();
  const within = new PathTree();
  const idle = new IdleReads();
  const name = (path: readonly string[]): void => {
    named.add(path);
    within.add(path);
    read.addWithin(path);
  };
  for (const { reads, execution, values } of renderings) {
    for (const { path } of reads) read.addWithin(path);
    for (const { path } of execution.named) {
      named.add(path);
      within.add(path);
    }
    const tables = tablesOf(values);
    for (const { map, name: missing } of execution.missing) {
      const path = tables.get(map.identity);
      if (path !== undefined) within.add([...path, missing]);
    }
  }
  for (const { templates } of renderings) {
    for (const { node, idents, template } of fieldChains(templates)) {
      const path = valuesPath(idents);
      const isEvaluated = renderings.some(({ execution }) => execution.evaluated.has(node));
      if (path === undefined) {
        if (!isEvaluated) idle.addNames(idents);
        continue;
      }
      // A helper may have been evaluated for a subchart only: what it names is the root's all the same.
      for (const owner of [[], ...subcharts.ownersOf(template.file.source)]) {
        const own = [...owner, ...path];
        name(own);
        // A chain that was evaluated says by its reads what it read; one in a branch not taken may read all it names.
        if (!isEvaluated || !subcharts.isAlwaysEnabled(owner)) idle.add(own);
      }
    }
  }
  for (const path of subcharts.paths) read.addWithin(path);
  for (const path of subcharts.conditions) name(path);
  for (const path of subcharts.imports) {
    read.addWithin(path);
    idle.add(path);
  }
  for (const text of textsForTpl(chart)) {
    for (const match of text.matchAll(/\.Values((?:\.[A-Za-z_]\w*)+)/g)) {
      const path = (match[1] ?? '').slice(1).split('.');
      for (const owner of [[], ...subcharts.paths]) {
        name([...owner, ...path]);
        idle.add([...owner, ...path]);
      }
    }
  }
  // Library charts take paths of values as strings: `"auth.password"`.
  for (const text of [...templateTexts(chart), ...textsForTpl(chart)]) {
    for (const match of text.matchAll(/"([\w-]+(?:\.[\w-]+)+)"/g)) {
      for (const owner of [[], ...subcharts.paths]) read.addWithin([...owner, ...(match[1] ?? '').split('.')]);
    }
  }
  return { read, named, within, idle };
}

function* templateTexts(chart: Chart): Generator<string> {
  for (const { source } of chart.templates) yield source.text;
  for (const subchart of chart.dependencies) yield* templateTexts(subchart);
}

/** Texts that are not templates by themselves, but may be given to `tpl`: the values, and what `.Files` offers. */
function* textsForTpl(chart: Chart): Generator<string> {
  for (const file of [...chart.all.filter(({ name }) => name === 'values.yaml'), ...chart.files]) {
    if (!file.isRefused && file.data.length < LARGEST_TPL_BYTES && file.source.text.includes('{{'))
      yield file.source.text;
  }
}

const LARGEST_TPL_BYTES = 1024 * 1024;

/** What chains of fields in branches not taken would read, as far as that can be told without taking them. */
class IdleReads {
  readonly #containers = new Set<string>();
  readonly #within = new PathSet();
  readonly #names = new Set<string>();

  add(path: readonly string[]): void {
    this.#containers.add(path.join('\0'));
    this.#within.addWithin(path);
  }

  /** Of a chain of which it is not known where it begins. */
  addNames(idents: readonly string[]): void {
    for (const name of idents) this.#names.add(name);
  }

  /** Whether a chain names the very key, and so may take all that is inside of it. */
  isTaken(path: readonly string[]): boolean {
    return this.#containers.has(path.join('\0'));
  }

  /** Whether a chain names the key, something inside of it or what contains it, or one of its names in something unknown. */
  mayRead(path: readonly string[]): boolean {
    if (path.some((name) => this.#names.has(name)) || this.#within.has(path)) return true;
    for (let length = 0; length < path.length; length++) {
      if (this.#containers.has(path.slice(0, length).join('\0'))) return true;
    }
    return false;
  }
}
