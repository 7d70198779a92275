import type { Chart } from './chart/chart.ts';
import type { ChartRendering } from './render.ts';
import { fieldChains } from './template/field-chains.ts';

/** Which values the templates of a chart read. Paths are those of the root chart's `.Values`. */
export interface ValuesUsage {
  /** Whether a rendering read the key, or what lies inside of it; also true for what only a branch not taken would read. */
  isRead(path: readonly string[]): boolean;
  /** Whether a template names this very key, rather than passing on what contains it. */
  isNamed(path: readonly string[]): boolean;
  /** Whether the key belongs to a subchart, or to all charts (`global`). */
  isForeign(path: readonly string[]): boolean;
}

/**
 * Puts together what several renderings of one chart read; worked out when it is first asked for.
 * @param isWhole false when an environment did not render: nothing can then be said to be unread
 */
export function measureUsage(renderings: readonly ChartRendering[], chart: Chart, isWhole: boolean): ValuesUsage {
  let known: Measured | undefined;
  const measured = (): Measured => (known ??= measure(renderings, chart));
  const foreign = new Set(['global', 'tags', ...chart.dependencies.map(({ name }) => name)]);
  for (const dependency of chart.metadata.dependencies ?? []) {
    if (dependency !== undefined) foreign.add(dependency.alias === '' ? dependency.name : dependency.alias);
  }
  return {
    isRead: (path) => !isWhole || measured().read.has(path) || measured().idle.mayRead(path),
    isNamed: (path) => measured().named.has(path),
    isForeign: ([first = '']) => foreign.has(first),
  };
}

interface Measured {
  readonly read: PathSet;
  readonly named: PathSet;
  readonly idle: IdleReads;
}

function measure(renderings: readonly ChartRendering[], chart: Chart): Measured {
  const read = new PathSet();
  const named = new PathSet();
  const idle = new IdleReads();
  for (const { reads, execution } of renderings) {
    for (const { path } of reads) read.addWithin(path);
    for (const { path } of execution.named) named.add(path);
  }
  for (const { templates } of renderings) {
    for (const { node, idents } of fieldChains(templates)) {
      const path = valuesPath(idents);
      if (path !== undefined) {
        named.add(path);
        // A helper may have been evaluated for a subchart only: what it names is read all the same.
        read.addWithin(path);
      }
      // A chain that was evaluated says by its reads what it read; one in a branch not taken may read all it names.
      if (!renderings.some(({ execution }) => execution.evaluated.has(node))) idle.add(path, idents);
    }
  }
  for (const text of textsForTpl(chart)) {
    for (const match of text.matchAll(/\.Values((?:\.[A-Za-z_]\w*)+)/g)) {
      const path = (match[1] ?? '').slice(1).split('.');
      named.add(path);
      read.addWithin(path);
      idle.add(path, path);
    }
  }
  // Library charts take paths of values as strings: `"auth.password"`.
  for (const text of [...templateTexts(chart), ...textsForTpl(chart)]) {
    for (const match of text.matchAll(/"([\w-]+(?:\.[\w-]+)+)"/g)) read.addWithin((match[1] ?? '').split('.'));
  }
  return { read, named, idle };
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

/** What follows `Values` in a chain of fields: `.Values.a.b`, `$.Values.a.b`, `$context.Values.a.b`. */
function valuesPath(idents: readonly string[]): readonly string[] | undefined {
  const at = idents.indexOf('Values');
  return at === -1 ? undefined : idents.slice(at + 1);
}

class PathSet {
  readonly #paths = new Set<string>();

  add(path: readonly string[]): void {
    this.#paths.add(path.join('\0'));
  }

  /** Adds a path and all that contain it. */
  addWithin(path: readonly string[]): void {
    for (let length = path.length; length > 0; length--) {
      const key = path.slice(0, length).join('\0');
      if (this.#paths.has(key)) return;
      this.#paths.add(key);
    }
  }

  has(path: readonly string[]): boolean {
    return this.#paths.has(path.join('\0'));
  }
}

/** What chains of fields in branches not taken would read, as far as that can be told without taking them. */
class IdleReads {
  readonly #containers = new Set<string>();
  readonly #within = new PathSet();
  readonly #names = new Set<string>();

  add(path: readonly string[] | undefined, idents: readonly string[]): void {
    if (path === undefined) {
      for (const name of idents) this.#names.add(name);
      return;
    }
    this.#containers.add(path.join('\0'));
    this.#within.addWithin(path);
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
