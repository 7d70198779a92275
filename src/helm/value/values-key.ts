import type { Location, Range, SourceText } from '../../text/source.ts';

/** A key of a chart's values and the place that set it. Two files that set one path are two keys. */
export class ValuesKey {
  /** From the root chart's `.Values`: a subchart's own defaults begin with its (aliased) name. */
  readonly path: readonly string[];
  /** The values file, as reports name it, or the flag (`--set`). */
  readonly source: SourceText;
  /** Zero-based offsets of the key (or of the list item) in its source. */
  readonly range: Range;
  /** Zero-based offsets of the value. */
  readonly valueRange: Range;
  #name: string | undefined;

  constructor(path: readonly string[], source: SourceText, range: Range, valueRange: Range) {
    this.path = path;
    this.source = source;
    this.range = range;
    this.valueRange = valueRange;
  }

  /** `a.b.0.c`; a dot inside a part is escaped as `--set` escapes it. */
  get name(): string {
    this.#name ??= this.path.map((part) => part.replaceAll('.', '\\.')).join('.');
    return this.#name;
  }

  get location(): Location {
    return this.source.locate(this.range);
  }
}
