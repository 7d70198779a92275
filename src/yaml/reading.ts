import type { ScalarSchema } from './scalar.ts';

/** As what a text is read. */
export interface Reading {
  readonly schema: ScalarSchema;
  /**
   * Whether the text may hold several documents, and no tags and no repeated keys that go-yaml would pass over. What is
   * wrong with a value is reported at once then, not when the whole text has proved to be YAML.
   */
  readonly isStrict: boolean;
  /** How deep collections may be nested. */
  readonly maxDepth: number;
}
