/** The part of JSON Schema that a rule's options are written in. `default` makes a property always present. */
export type OptionSchema =
  | {
      readonly type: 'string';
      readonly description?: string;
      readonly enum?: readonly string[];
      readonly pattern?: string;
      readonly default?: string;
    }
  | {
      readonly type: 'integer' | 'number';
      readonly description?: string;
      readonly minimum?: number;
      readonly maximum?: number;
      readonly default?: number;
    }
  | { readonly type: 'boolean'; readonly description?: string; readonly default?: boolean }
  | {
      readonly type: 'array';
      readonly description?: string;
      readonly items: OptionSchema;
      readonly minItems?: number;
      readonly default?: readonly unknown[];
    }
  | OptionsSchema;

/** An object of options. Unknown properties are always refused. */
export interface OptionsSchema {
  readonly type: 'object';
  readonly description?: string;
  readonly properties?: { readonly [name: string]: OptionSchema };
  /** For a mapping whose keys the policy chooses. */
  readonly additionalProperties?: OptionSchema;
  readonly required?: readonly string[];
  readonly default?: object;
}

/** The TypeScript type of what a schema accepts, after defaults. */
export type Infer<S> = S extends { type: 'string'; enum: readonly (infer E)[] }
  ? E
  : S extends { type: 'string' }
    ? string
    : S extends { type: 'integer' | 'number' }
      ? number
      : S extends { type: 'boolean' }
        ? boolean
        : S extends { type: 'array'; items: infer I }
          ? readonly Infer<I>[]
          : S extends { type: 'object'; additionalProperties: infer A }
            ? { readonly [name: string]: Infer<A> }
            : S extends { type: 'object'; properties: infer P }
              ? InferProperties<P, S extends { required: readonly (infer R)[] } ? R : never>
              : Record<string, never>;

type PresentKeys<P, R> = { [K in keyof P]: K extends R ? K : P[K] extends { default: unknown } ? K : never }[keyof P];

type InferProperties<P, R> = { readonly [K in PresentKeys<P, R>]: Infer<P[K]> } & {
  readonly [K in Exclude<keyof P, PresentKeys<P, R>>]?: Infer<P[K]>;
};
