import type { Field } from './field.ts';

/** Where a schema stands. */
export interface Place {
  readonly level: 'root' | 'item' | 'field';
  /** Whether defaults are allowed. */
  readonly defaults: boolean;
  readonly insideMetadata: boolean;
}

/** What is looked at where a schema has a keyword. */
export type KeywordCheck = (value: Field, schema: Field, place: Place) => void;
