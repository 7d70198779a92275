import type { Location, Range, SourceText } from '../../text/source.ts';

export type ValuesPath = readonly (string | number)[];

/** A key of a chart's values and the place that set it. Two files that set one path are two keys. */
export class ValuesKey {
  /** From the root chart's `.Values`: a subchart's own defaults begin with its (aliased) name. An index is a number. */
  readonly path: ValuesPath;
  /** The values file, as reports name it, or the flag (`--set`). */
  readonly source: SourceText;
  /** Zero-based offsets of the key (or of the list item) in its source. */
  readonly range: Range;
  /** Zero-based offsets of the value. */
  readonly valueRange: Range;
  #name: string | undefined;
  #missing: Map<string, ValuesKey> | undefined;

  constructor(path: ValuesPath, source: SourceText, range: Range, valueRange: Range) {
    this.path = path;
    this.source = source;
    this.range = range;
    this.valueRange = valueRange;
  }

  /** As `--set` takes it: `a.b[0].c`, with a dot inside a part escaped. */
  get name(): string {
    this.#name ??= this.path.map(namePart).join('');
    return this.#name;
  }

  /** A key that this one, a map's, does not hold: it would have to be added here. The same object for the same name. */
  missing(name: string): ValuesKey {
    this.#missing ??= new Map();
    let key = this.#missing.get(name);
    if (key === undefined) {
      key = new ValuesKey([...this.path, name], this.source, this.range, this.valueRange);
      this.#missing.set(name, key);
    }
    return key;
  }

  get location(): Location {
    return this.source.locate(this.range);
  }
}

/** What `--set` would take for something else is escaped. */
function namePart(part: string | number, index: number): string {
  if (typeof part === 'number') return `[${part}]`;
  const escaped = part.replaceAll(/[\\.,=[]/g, '\\$&');
  return index === 0 ? escaped : `.${escaped}`;
}
