import { Re2 } from '../../re2/re2.ts';
import { RegexpError } from '../../re2/node.ts';
import { quoteGo } from '../go/quote.ts';
import { checkFormat, isKnownFormat } from './formats.ts';
import { JsonNumber, type Json, type JsonObject } from './json.ts';
import { isInteger, toNumber, toRational, type Rational } from './rational.ts';
import { SCHEMA_URL, SchemaDocument, SchemaProblem, type SchemaResource } from './schema-document.ts';
import { escapeToken } from './schema-error.ts';
import type { SchemaWork } from './schema-work.ts';
import type { Schema } from './schema.ts';

/**
 * Compiles a schema and all that it refers to.
 * @throws SchemaProblem for references that lead nowhere, and patterns that Go cannot read; LimitError
 */
export function compileSchema(root: Json, work: SchemaWork): Schema {
  return new SchemaCompiler(new SchemaDocument(root, work), work).compileAll();
}

/** The words of `type` in the order in which the library names them. */
const TYPES = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

const STEPS_TO_COMPILE = 20;

class SchemaCompiler {
  readonly #document: SchemaDocument;
  readonly #schemas = new Map<string, Schema>();
  readonly #queue: Schema[] = [];

  readonly #work: SchemaWork;

  constructor(document: SchemaDocument, work: SchemaWork) {
    this.#document = document;
    this.#work = work;
  }

  compileAll(): Schema {
    const root = this.#at('');
    for (let index = 0; index < this.#queue.length; index++) {
      const schema = this.#queue[index];
      if (schema === undefined) continue;
      this.#compile(schema);
      // What its patterns took is counted, too.
      this.#work.spend(STEPS_TO_COMPILE);
    }
    return root;
  }

  /** @param outer of the schema that it is directly in, where that is known */
  #at(pointer: string, outer?: SchemaResource): Schema {
    const known = this.#schemas.get(pointer);
    if (known !== undefined) return known;
    const resource = this.#document.resourceOf(pointer, outer);
    const schema: Schema = { pointer, draft: resource.draft, resource };
    this.#schemas.set(pointer, schema);
    this.#queue.push(schema);
    return schema;
  }

  #compile(schema: Schema): void {
    const { pointer, draft, resource } = schema;
    const value = this.#document.lookUp(pointer);
    if (draft >= 2020 && pointer === resource.pointer) {
      const anchors = [...resource.dynamicAnchors].map(
        (name) => [name, this.#at(resource.anchors.get(name) ?? '')] as const,
      );
      schema.dynamicAnchors = new Map(anchors);
    }
    if (typeof value === 'boolean') schema.bool = value;
    if (!(value instanceof Map)) return;
    if (value.size === 0) schema.bool = true;
    const read = new Keywords(value, pointer, (at) => this.#at(at, resource));
    assignField(schema, 'ref', this.#reference(read.text('$ref'), resource));
    if (draft < 2019 && schema.ref !== undefined) return;
    compileApplicators(schema, read);
    compileLimits(schema, read);
    const format = read.text('format');
    if (draft < 2019 && format !== undefined && isKnownFormat(format)) {
      schema.format = { name: format, check: (text) => checkFormat(format, text) };
    }
    // A draft later than the one that has it, too: the library reads it, and the metaschema refuses the anchor only.
    if (draft >= 2019) {
      assignField(schema, 'recursiveRef', this.#reference(read.text('$recursiveRef'), resource));
      schema.isRecursiveAnchor = read.isTrue('$recursiveAnchor');
    }
    const dynamicRef = read.text('$dynamicRef');
    const target = draft >= 2020 ? this.#reference(dynamicRef, resource) : undefined;
    if (target !== undefined && dynamicRef !== undefined) {
      const fragment = dynamicRef.includes('#') ? dynamicRef.slice(dynamicRef.indexOf('#') + 1) : '';
      schema.dynamicRef = { schema: target, anchor: fragment.startsWith('/') ? '' : fragment };
    }
  }

  #reference(reference: string | undefined, resource: SchemaResource): Schema | undefined {
    if (reference === undefined) return undefined;
    const pointer = this.#document.resolve(reference, resource);
    return pointer === undefined ? { pointer: '', draft: resource.draft, resource, bool: true } : this.#at(pointer);
  }
}

function compileApplicators(schema: Schema, read: Keywords): void {
  const { draft } = schema;
  assignField(schema, 'allOf', read.schemas('allOf'));
  assignField(schema, 'anyOf', read.schemas('anyOf'));
  assignField(schema, 'oneOf', read.schemas('oneOf'));
  assignField(schema, 'not', read.schema('not'));
  assignField(schema, 'properties', read.schemaMap('properties'));
  const patterns = read.schemaMap('patternProperties');
  if (patterns !== undefined) {
    schema.patternProperties = [...patterns].map(([text, inner]) => {
      return { pattern: compilePattern(text, `${schema.pointer}/patternProperties`), schema: inner };
    });
  }
  assignField(schema, 'additionalProperties', read.additional('additionalProperties'));
  assignField(schema, 'dependencies', read.dependencies('dependencies'));
  if (draft >= 2020) {
    assignField(schema, 'prefixItems', read.schemas('prefixItems'));
    assignField(schema, 'restItems', read.schema('items'));
  } else if (Array.isArray(read.get('items'))) {
    assignField(schema, 'prefixItems', read.schemas('items'));
    assignField(schema, 'restItems', read.additional('additionalItems'));
  } else assignField(schema, 'items', read.schema('items'));
  if (draft < 6) return;
  assignField(schema, 'contains', read.schema('contains'));
  assignField(schema, 'propertyNames', read.schema('propertyNames'));
  if (draft < 7) return;
  assignField(schema, 'if', read.schema('if'));
  assignField(schema, 'then', read.schema('then'));
  assignField(schema, 'else', read.schema('else'));
  if (draft < 2019) return;
  assignField(schema, 'dependentSchemas', read.schemaMap('dependentSchemas'));
  assignField(schema, 'unevaluatedItems', read.schema('unevaluatedItems'));
  assignField(schema, 'unevaluatedProperties', read.schema('unevaluatedProperties'));
}

function compileLimits(schema: Schema, read: Keywords): void {
  const type = read.get('type');
  const names = typeof type === 'string' ? [type] : Array.isArray(type) ? type : [];
  const types = TYPES.filter((name) => names.includes(name));
  if (types.length > 0) schema.types = types;
  assignField(schema, 'enum', read.list('enum'));
  const constant = schema.draft >= 6 ? read.get('const') : undefined;
  if (constant !== undefined) schema.const = { value: constant };
  assignField(schema, 'multipleOf', read.number('multipleOf'));
  const isMaximumExclusive = read.isTrue('exclusiveMaximum');
  const isMinimumExclusive = read.isTrue('exclusiveMinimum');
  assignField(schema, isMaximumExclusive ? 'exclusiveMaximum' : 'maximum', read.number('maximum'));
  assignField(schema, isMinimumExclusive ? 'exclusiveMinimum' : 'minimum', read.number('minimum'));
  if (!isMaximumExclusive) assignField(schema, 'exclusiveMaximum', read.number('exclusiveMaximum'));
  if (!isMinimumExclusive) assignField(schema, 'exclusiveMinimum', read.number('exclusiveMinimum'));
  for (const keyword of COUNTS) assignField(schema, keyword, read.integer(keyword));
  if (schema.draft >= 2019 && schema.contains !== undefined) {
    assignField(schema, 'minContains', read.integer('minContains'));
    assignField(schema, 'maxContains', read.integer('maxContains'));
  }
  const pattern = read.text('pattern');
  if (pattern !== undefined) {
    schema.pattern = { text: pattern, regexp: compilePattern(pattern, `${schema.pointer}/pattern`) };
  }
  schema.uniqueItems = read.isTrue('uniqueItems');
  assignField(schema, 'required', read.texts('required'));
  if (schema.draft >= 2019) assignField(schema, 'dependentRequired', read.textsMap('dependentRequired'));
}

const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const;

function compilePattern(text: string, pointer: string): Re2 {
  try {
    return new Re2(text);
  } catch (error) {
    if (!(error instanceof RegexpError)) throw error;
    throw new SchemaProblem(`invalid regex ${quoteGo(text)} at "${SCHEMA_URL}#${pointer}": ${error.message}`);
  }
}

/** Sets a field unless there is nothing to set. */
function assignField<K extends keyof Schema>(schema: Schema, field: K, value: Schema[K] | undefined): void {
  if (value !== undefined) schema[field] = value;
}

/** Reads keywords; one of another type counts as missing. */
class Keywords {
  readonly #object: JsonObject;
  readonly #pointer: string;
  readonly #at: (pointer: string) => Schema;

  constructor(object: JsonObject, pointer: string, at: (pointer: string) => Schema) {
    this.#object = object;
    this.#pointer = pointer;
    this.#at = at;
  }

  get(name: string): Json | undefined {
    return this.#object.get(name);
  }

  text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  isTrue(name: string): boolean {
    return this.get(name) === true;
  }

  list(name: string): readonly Json[] | undefined {
    const value = this.get(name);
    return Array.isArray(value) ? value : undefined;
  }

  texts(name: string): readonly string[] | undefined {
    return this.list(name)?.filter((item) => typeof item === 'string');
  }

  number(name: string): Rational | undefined {
    const value = this.get(name);
    return value instanceof JsonNumber ? toRational(value) : undefined;
  }

  integer(name: string): number | undefined {
    const value = this.number(name);
    return value !== undefined && isInteger(value) ? toNumber(value) : undefined;
  }

  schema(name: string): Schema | undefined {
    return this.get(name) === undefined ? undefined : this.#at(`${this.#pointer}/${name}`);
  }

  additional(name: string): boolean | Schema | undefined {
    const value = this.get(name);
    return typeof value === 'boolean' ? value : this.schema(name);
  }

  schemas(name: string): readonly Schema[] | undefined {
    return this.list(name)?.map((_, index) => this.#at(`${this.#pointer}/${name}/${String(index)}`));
  }

  schemaMap(name: string): ReadonlyMap<string, Schema> | undefined {
    return this.#map(name, (key) => this.#inside(name, key));
  }

  textsMap(name: string): ReadonlyMap<string, readonly string[]> | undefined {
    return this.#map(name, (_, value) => (Array.isArray(value) ? toTexts(value) : []));
  }

  dependencies(name: string): ReadonlyMap<string, Schema | readonly string[]> | undefined {
    return this.#map(name, (key, value) => (Array.isArray(value) ? toTexts(value) : this.#inside(name, key)));
  }

  #inside(name: string, key: string): Schema {
    return this.#at(`${this.#pointer}/${name}/${escapeToken(key)}`);
  }

  #map<T>(name: string, convert: (key: string, value: Json) => T): ReadonlyMap<string, T> | undefined {
    const value = this.get(name);
    if (!(value instanceof Map)) return undefined;
    const entries = [...(value as JsonObject)].map(([key, item]) => [key, convert(key, item)] as const);
    return new Map(entries);
  }
}

function toTexts(list: readonly Json[]): readonly string[] {
  return list.filter((item) => typeof item === 'string');
}
