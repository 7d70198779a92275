import type { Range, SourceText } from '../text/source.ts';
import type { Chart } from './chart/chart.ts';
import type { ChartRendering } from './render.ts';
import type { Subcharts } from './subcharts.ts';
import { type ChainUse, chainUses } from './template/chain-uses.ts';
import type { NamedChain } from './template/field-chains.ts';
import type { FieldChain } from './template/node.ts';
import { GoMap, type Value } from './value/value.ts';
import { tablesOf } from './values/tables.ts';

/** A key that a template prints, and that no values file has. */
export interface UndeclaredRead {
  /** From the root chart's `.Values`. */
  readonly path: readonly string[];
  /** The chain of fields in the template. */
  readonly source: SourceText;
  readonly range: Range;
  /** The keys that the values have in its place, and whether any template reads them. */
  readonly declared: ReadonlyMap<string, { readonly isRead: boolean }>;
  /** Of the declared keys, those that the conditions around the place ask for. */
  readonly askedAround: ReadonlySet<string>;
  /** Whether the charts ask elsewhere if the key is there, or hand it on: they know that it may be missing. */
  readonly isAskedElsewhere: boolean;
}

interface ReadsRequest {
  readonly renderings: readonly ChartRendering[];
  readonly chart: Chart;
  readonly subcharts: Subcharts;
  /** Whether a template reads a key or what lies inside of it. */
  readonly isRead: (path: readonly string[]) => boolean;
  /** Whether a template reads a key without naming it: because it takes the whole table, or goes through it. */
  readonly isPassedOn: (path: readonly string[]) => boolean;
}

/** Maps of which the user chooses the keys, whatever values.yaml shows in them. */
const OPEN_ENDED =
  /(?:annotations?|labels?|selectors?|limits|requests|parameters|data|env|envs|envvars|vars|config|settings|options)$/i;

/**
 * Finds them by what the renderings asked for; of branches that no rendering took, by what their chains name. Where a
 * default or a condition stands, or it is not certain which key is meant, there is none.
 */
export function findUndeclaredReads(request: ReadsRequest): UndeclaredRead[] {
  return new ReadsFinder(request).find();
}

/** What follows `Values` in a chain of fields: `.Values.a.b`, `$.Values.a.b`, `$context.Values.a.b`. */
export function valuesPath(idents: readonly string[]): readonly string[] | undefined {
  const at = idents.indexOf('Values');
  return at === -1 ? undefined : idents.slice(at + 1);
}

interface Candidate {
  readonly path: readonly string[];
  readonly use: ChainUse;
}

class ReadsFinder {
  readonly #request: ReadsRequest;
  readonly #uses = new Map<FieldChain, ChainUse>();
  readonly #candidates = new Map<string, Candidate>();
  /** The keys that are asked for, kept or handed on. */
  readonly #asked = new Set<string>();
  /** The keys that a chain asked for in vain. */
  readonly #missing = new Map<FieldChain, Set<string>>();
  /** The tables that `range` went through. */
  readonly #ranged = new Set<string>();

  constructor(request: ReadsRequest) {
    this.#request = request;
    for (const { templates } of request.renderings) {
      for (const use of chainUses(templates)) this.#uses.set(use.node, use);
    }
  }

  find(): UndeclaredRead[] {
    for (const rendering of this.#request.renderings) this.#addEvaluated(rendering);
    for (const use of this.#uses.values()) this.#addNamed(use);
    return [...this.#candidates.values()]
      .filter((candidate) => this.#isUndeclared(candidate))
      .map(({ path, use }) => ({
        path,
        source: use.template.file.source,
        range: { start: use.node.start, end: use.node.end },
        declared: this.#declaredIn(path.slice(0, -1)),
        askedAround: new Set(use.asked.chains.flatMap((chain) => this.#pathBeside(path, chain)?.at(-1) ?? [])),
        isAskedElsewhere: this.#asked.has(path.join('\0')),
      }));
  }

  /** What a rendering asked the values for in vain. */
  #addEvaluated({ execution, values }: ChartRendering): void {
    const tables = tablesOf(values);
    for (const identity of execution.ranged) {
      const path = tables.get(identity);
      if (path !== undefined) this.#ranged.add(path.join('\0'));
    }
    for (const { node, map, name } of execution.missing) {
      const table = tables.get(map.identity);
      if (table === undefined) continue;
      const path = [...table, name];
      const missing = this.#missing.get(node);
      if (missing === undefined) this.#missing.set(node, new Set([path.join('\0')]));
      else missing.add(path.join('\0'));
      // A text that was given to `tpl` has no place of its own.
      const use = this.#uses.get(node);
      if (use?.isPrinted !== true) this.#asked.add(path.join('\0'));
      // The chain goes on behind what is missing, or was given something else another time.
      else if (name === use.idents.at(-1) && !execution.complete.has(node)) this.#add({ path, use });
    }
  }

  /** What chains name that no rendering evaluated. */
  #addNamed(use: ChainUse): void {
    const { renderings, subcharts } = this.#request;
    const named = valuesPath(use.idents);
    const { source } = use.template.file;
    if (named === undefined) return;
    for (const owner of subcharts.ownersOf(source)) {
      const path = [...owner, ...named];
      if (!use.isPrinted) this.#asked.add(path.join('\0'));
      else if (subcharts.isOwned(source) && !renderings.some(({ execution }) => execution.evaluated.has(use.node))) {
        const missing = this.#firstMissing(path);
        if (missing !== undefined) this.#add({ path: missing, use });
      }
    }
  }

  #add(candidate: Candidate): void {
    const { path, use } = candidate;
    const id = [use.template.file.source.file, use.node.start, ...path].join('\0');
    if (this.#candidates.has(id)) return;
    this.#candidates.set(id, candidate);
  }

  /** A path up to the first key that its table lacks in all renderings; undefined when there is none, or no table. */
  #firstMissing(path: readonly string[]): readonly string[] | undefined {
    for (let length = 1; length <= path.length; length++) {
      const part = path.slice(0, length);
      if (this.#valuesAt(part).length === 0) {
        return this.#valuesAt(part.slice(0, -1)).some((value) => value instanceof GoMap) ? part : undefined;
      }
    }
    return undefined;
  }

  #isUndeclared({ path, use }: Candidate): boolean {
    const { subcharts } = this.#request;
    const parent = path.slice(0, -1);
    if (!subcharts.isOwned(use.template.file.source) || subcharts.isForeign(path)) return false;
    if (this.#valuesAt(path).length > 0 || !subcharts.defaultsAt(path).next().done) return false;
    if (lookUp(this.#request.chart.valuesAt([]), path) !== undefined) return false;
    if (this.#isOpenEnded(parent) || this.#isGuarded(path, use)) return false;
    const { chart, rest } = subcharts.chartAt(path);
    return chart !== undefined && !isDocumented(chart, rest);
  }

  #isOpenEnded(table: readonly string[]): boolean {
    if (OPEN_ENDED.test(table.at(-1) ?? '')) return true;
    for (let length = 1; length <= table.length; length++) {
      if (this.#ranged.has(table.slice(0, length).join('\0'))) return true;
    }
    const declared = [...this.#declaredIn(table).keys()];
    // An empty table is there to be filled; one that is passed on whole may hold what it likes.
    return declared.length === 0 || declared.some((name) => this.#request.isPassedOn([...table, name]));
  }

  /** Whether a condition around the place asks for the key, or for another that nobody declares beside it. */
  #isGuarded(path: readonly string[], { asked }: ChainUse): boolean {
    if (asked.texts.includes(path.at(-1) ?? '')) return true;
    const key = path.join('\0');
    return asked.chains.some((chain) => {
      if (this.#missing.get(chain.node)?.has(key) === true) return true;
      const beside = this.#pathBeside(path, chain);
      return beside !== undefined && this.#valuesAt(beside).length === 0;
    });
  }

  /** The key of a chain in the same table as a path; undefined of any other chain. */
  #pathBeside(path: readonly string[], { idents, template }: NamedChain): readonly string[] | undefined {
    const named = valuesPath(idents);
    if (named === undefined) return undefined;
    return this.#request.subcharts
      .ownersOf(template.file.source)
      .map((owner) => [...owner, ...named])
      .find((other) => other.length === path.length && other.slice(0, -1).every((name, index) => path[index] === name));
  }

  #declaredIn(table: readonly string[]): UndeclaredRead['declared'] {
    const declared = new Map<string, { isRead: boolean }>();
    for (const value of this.#valuesAt(table)) {
      if (!(value instanceof GoMap)) continue;
      for (const key of value.keys()) declared.set(key, { isRead: this.#request.isRead([...table, key]) });
    }
    return declared;
  }

  /** What the renderings have at a path, a null among it. */
  #valuesAt(path: readonly string[]): Value[] {
    return this.#request.renderings.map(({ values }) => lookUp(values, path)).filter((value) => value !== undefined);
  }
}

function lookUp(values: GoMap, path: readonly string[]): Value {
  let value: Value = values;
  for (const name of path) value = value instanceof GoMap ? value.get(name) : undefined;
  return value;
}

/** Whether a comment of values.yaml, another values file or the schema of a chart names a key. */
function isDocumented(chart: Chart, path: readonly string[]): boolean {
  const [name, dotted] = [path.at(-1) ?? '', path.join('.')].map((text) => text.replaceAll(/[^\w]/g, String.raw`\$&`));
  const entry = new RegExp(String.raw`^[ \t]*["']?${name}["']?[ \t]*:`, 'm');
  const comment = new RegExp(String.raw`^[ \t]*#.*(?:\b${name}["']?[ \t]*:|\b${dotted}\b)`, 'm');
  return chart.all.some((file) => {
    if (file.name.startsWith('charts/')) return false;
    if (file.name === 'values.yaml') return comment.test(file.source.text);
    if (file.name === 'values.schema.json') return file.source.text.includes(`"${name}"`);
    return /values[^/]*\.ya?ml$/.test(file.name) && entry.test(file.source.text);
  });
}
