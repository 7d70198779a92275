import type { Re2 } from '../../re2/re2.ts';
import type { Json } from './json.ts';
import type { FaultText, SchemaFault } from './schema-error.ts';
import type { Schema } from './schema.ts';
import type { Unevaluated } from './unevaluated.ts';

/** A value that is being validated against a schema. */
export interface Validation {
  readonly schema: Schema;
  readonly unevaluated: Unevaluated;
  readonly add: (fault: SchemaFault | undefined) => void;
  /** @throws LimitError */
  readonly spend: (steps: number) => void;
  readonly report: (message: FaultText, causes?: readonly SchemaFault[]) => void;
  /** Applies a schema to a value inside this one. */
  readonly inside: (schema: Schema, value: Json, key: string) => SchemaFault | undefined;
  /** Applies another schema to the same value. */
  readonly again: (schema: Schema) => SchemaFault | undefined;
  /** Applies a schema to a value that stands nowhere: the name of a property. */
  readonly apart: (schema: Schema, value: Json) => SchemaFault | undefined;
  readonly matches: (pattern: Re2, text: string) => boolean;
}
