import type { RepeatedKey } from './repeated-key.ts';
import type { ScalarSchema } from './scalar.ts';

/** As what a text is read. */
export interface Reading {
  readonly schema: ScalarSchema;
  /**
   * Whether the text may hold several documents, and no tags that go-yaml would pass over. What is wrong with a value is
   * said at once then, not when the whole text has proved to be YAML.
   */
  readonly isStrict: boolean;
  /** Takes keys that stand twice in a mapping, in the order of the text. */
  readonly onRepeat?: ((repeat: RepeatedKey) => void) | undefined;
  /** How deep collections may be nested. */
  readonly maxDepth: number;
}
