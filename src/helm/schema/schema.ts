import type { Re2 } from '../../re2/re2.ts';
import type { Json } from './json.ts';
import type { Rational } from './rational.ts';
import type { Draft, SchemaResource } from './schema-document.ts';

/** A compiled schema. What a draft does not know, or a keyword of another type, is left undefined. */
export interface Schema {
  readonly pointer: string;
  readonly draft: Draft;
  readonly resource: SchemaResource;
  /** Accepts all or nothing. */
  bool?: boolean;
  ref?: Schema;
  recursiveRef?: Schema;
  isRecursiveAnchor?: boolean;
  dynamicRef?: { readonly schema: Schema; readonly anchor: string };
  /** Of the root of a resource. */
  dynamicAnchors?: ReadonlyMap<string, Schema>;
  types?: readonly string[];
  enum?: readonly Json[];
  const?: { readonly value: Json };
  format?: { readonly name: string; readonly check: (text: string) => string | undefined };
  allOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  not?: Schema;
  if?: Schema;
  then?: Schema;
  else?: Schema;
  minProperties?: number;
  maxProperties?: number;
  required?: readonly string[];
  properties?: ReadonlyMap<string, Schema>;
  patternProperties?: readonly { readonly pattern: Re2; readonly schema: Schema }[];
  additionalProperties?: boolean | Schema;
  dependencies?: ReadonlyMap<string, Schema | readonly string[]>;
  propertyNames?: Schema;
  dependentSchemas?: ReadonlyMap<string, Schema>;
  dependentRequired?: ReadonlyMap<string, readonly string[]>;
  unevaluatedProperties?: Schema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  /** Before 2020-12. */
  items?: Schema;
  /** `prefixItems`; before 2020-12 a list in `items`. */
  prefixItems?: readonly Schema[];
  /** `items` of 2020-12; before: `additionalItems` after a list. */
  restItems?: boolean | Schema;
  contains?: Schema;
  minContains?: number;
  maxContains?: number;
  unevaluatedItems?: Schema;
  minLength?: number;
  maxLength?: number;
  pattern?: { readonly text: string; readonly regexp: Re2 };
  minimum?: Rational;
  maximum?: Rational;
  exclusiveMinimum?: Rational;
  exclusiveMaximum?: Rational;
  multipleOf?: Rational;
}
