import type { Range } from '../../text/source.ts';

/** Why a YAML text cannot be read, as sigs.k8s.io/yaml says it: `yaml: line 2: did not find expected key`. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  /** Zero-based offsets of what is wrong, as near as it is known. */
  readonly range: Range;

  constructor(message: string, start: number, end: number = start) {
    super(message);
    this.range = { start, end };
  }
}
