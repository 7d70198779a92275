import type { Range } from '../text/source.ts';

/** Thrown inside `src/yaml` alone: what a document holds that Kubernetes refuses. Offsets are into the source. */
export class YamlFault extends Error {
  readonly range: Range;

  constructor(message: string, range: Range) {
    super(message);
    this.range = range;
  }
}
