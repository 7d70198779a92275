import type { Range } from '../../text/source.ts';

/** Why a YAML text cannot be read, as sigs.k8s.io/yaml says it: `yaml: line 2: did not find expected key`. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  /** Zero-based offsets of what is wrong, as near as it is known. */
  readonly range: Range;
  /** What it means to the author of the text, and what to write. */
  readonly help: string;

  constructor(message: string, range: Range, help: string) {
    super(message);
    this.range = range;
    this.help = help;
  }
}
