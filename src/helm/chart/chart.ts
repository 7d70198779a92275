import { Taint } from '../value/origin.ts';
import type { GoMap } from '../value/value.ts';
import type { ChartValues } from '../values/chart-values.ts';
import type { ChartFile } from './chart-file.ts';
import type { ChartError } from './chart-error.ts';
import type { Metadata } from './metadata.ts';

/** What a chart is made of, in the order of loading. */
export interface ChartParts {
  readonly metadata: Metadata;
  readonly templates: readonly ChartFile[];
  /** What `.Files` offers, with crds/. */
  readonly files: readonly ChartFile[];
  readonly defaults: ChartValues;
  readonly schema: ChartFile | undefined;
  /** All of its files, those of unpacked subcharts under charts/ among them. */
  readonly all: readonly ChartFile[];
}

/** A chart and its subcharts. Helm rearranges the tree while it works out what is enabled, and so do we. */
export class Chart {
  metadata: Metadata;
  readonly templates: readonly ChartFile[];
  readonly files: readonly ChartFile[];
  readonly schema: ChartFile | undefined;
  readonly all: readonly ChartFile[];
  /** The keys of conditions and tags that switch it on. */
  enabledBy: Taint = Taint.none;
  /** The values that import-values left in place of the defaults. */
  imported: GoMap | undefined;
  /** Why one of its dependencies, or of theirs, is not there: it is loaded without it, and does not render. */
  unresolved: ChartError | undefined;
  readonly #defaults: ChartValues;
  #parent: Chart | undefined;
  #dependencies: readonly Chart[] = [];

  constructor({ metadata, templates, files, defaults, schema, all }: ChartParts) {
    this.metadata = metadata;
    this.templates = templates;
    this.files = files;
    this.#defaults = defaults;
    this.schema = schema;
    this.all = all;
  }

  get name(): string {
    return this.metadata.name;
  }

  get parent(): Chart | undefined {
    return this.#parent;
  }

  get dependencies(): readonly Chart[] {
    return this.#dependencies;
  }

  set dependencies(charts: readonly Chart[]) {
    for (const chart of charts) chart.#parent = this;
    this.#dependencies = charts;
  }

  /** `root/charts/sub`, by the names that aliases give. */
  get fullPath(): string {
    return this.#parent === undefined ? this.name : `${this.#parent.fullPath}/charts/${this.name}`;
  }

  get isLibrary(): boolean {
    return this.metadata.type.toLowerCase() === 'library';
  }

  /** Its default values with the keys that they have at a path of the root's values. Not to be changed. */
  valuesAt(path: readonly string[]): GoMap {
    return this.imported ?? this.#defaults.at(path);
  }

  /** The same chart as another object, with the same subcharts, which keep their parent. Helm copies structs so. */
  copy(): Chart {
    const { metadata, templates, files, schema, all } = this;
    const copy = new Chart({ metadata, templates, files, schema, all, defaults: this.#defaults });
    copy.imported = this.imported;
    copy.enabledBy = this.enabledBy;
    copy.unresolved = this.unresolved;
    copy.#parent = this.#parent;
    copy.#dependencies = this.#dependencies;
    return copy;
  }

  /** The whole tree as it was loaded, for one rendering: preparing a chart changes it. */
  clone(): Chart {
    const clone = this.copy();
    const dependencies = this.metadata.dependencies?.map((dependency) => dependency && { ...dependency });
    clone.metadata = { ...this.metadata, dependencies };
    clone.dependencies = this.#dependencies.map((subchart) => subchart.clone());
    return clone;
  }
}
