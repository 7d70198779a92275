import { canonical } from './canonical.ts';
import { RegexpError } from '../../re2/node.ts';
import { Re2 } from '../../re2/re2.ts';
import { entryOf, type MappingNode, type Node } from '../../yaml/node.ts';
import type { Rule } from './rule.ts';
import { FORMATS } from '../string-formats.ts';

/** What a schema is part of. */
export interface SchemaDocument {
  readonly root: Node;
  /**
   * Whether it is a JSON Schema, as catalogues have them, and not that of a CustomResourceDefinition. There is no pruning
   * then: a field is unknown where the schema says `additionalProperties: false`.
   */
  readonly isJsonSchema: boolean;
}

/** `additionalProperties`: a schema, whether there may be others, or nothing. */
export type Additional = Schema | boolean | undefined;

/** Deeper references than these go in a circle. */
const MOST_REFERENCES = 32;

/**
 * A schema of a custom resource, read from YAML or JSON as far as it is asked. Sources: JSONSchemaProps in
 * k8s.io/apiextensions-apiserver, and JSON Schema for the catalogues that are made of it.
 */
export class Schema {
  readonly #node: MappingNode;
  readonly document: SchemaDocument;
  readonly #schemas: WeakMap<Node, Schema>;
  readonly #read = new Map<string, unknown>();

  private constructor(node: MappingNode, document: SchemaDocument, schemas: WeakMap<Node, Schema>) {
    this.#node = node;
    this.document = document;
    this.#schemas = schemas;
  }

  /** Undefined for what is not a mapping, and so allows everything. */
  static of(document: SchemaDocument, node: Node | undefined = document.root): Schema | undefined {
    return Schema.#make(node, document, new WeakMap());
  }

  static #make(node: Node | undefined, document: SchemaDocument, schemas: WeakMap<Node, Schema>): Schema | undefined {
    const target = document.isJsonSchema ? followReferences(node, document.root) : node;
    if (target?.kind !== 'mapping') return undefined;
    let schema = schemas.get(target);
    if (schema === undefined) {
      schema = new Schema(target, document, schemas);
      schemas.set(target, schema);
    }
    return schema;
  }

  /** The allowed types; none when all are. */
  get types(): readonly string[] {
    return this.#once('types', () => {
      if (this.isIntOrString) return ['integer', 'string'];
      const type = this.#at('type');
      const names = type?.kind === 'sequence' ? type.items : type === undefined ? [] : [type];
      return names.flatMap((name) => (name.kind === 'scalar' && typeof name.value === 'string' ? [name.value] : []));
    });
  }

  get isNullable(): boolean {
    return this.#is('nullable') || this.types.includes('null');
  }

  get isIntOrString(): boolean {
    return this.#is('x-kubernetes-int-or-string');
  }

  get isEmbeddedResource(): boolean {
    return this.#is('x-kubernetes-embedded-resource');
  }

  get preservesUnknownFields(): boolean {
    return this.#is('x-kubernetes-preserve-unknown-fields');
  }

  get listType(): string | undefined {
    return this.#text('x-kubernetes-list-type');
  }

  get listMapKeys(): readonly string[] {
    return this.#texts('x-kubernetes-list-map-keys');
  }

  /** The default, as the schema writes it; null is none. */
  get default(): Node | undefined {
    const node = this.#at('default');
    return node?.kind === 'scalar' && node.value === null ? undefined : node;
  }

  /** The properties that have a default. */
  get defaults(): readonly (readonly [name: string, value: Node])[] {
    return this.#once('defaults', () => {
      return this.propertyNames.flatMap((name) => {
        const value = this.property(name)?.default;
        return value === undefined ? [] : [[name, value] as const];
      });
    });
  }

  get propertyNames(): readonly string[] {
    return this.#once('propertyNames', () => {
      const properties = this.#at('properties');
      return properties?.kind === 'mapping' ? properties.entries.map(({ key }) => key) : [];
    });
  }

  property(name: string): Schema | undefined {
    const properties = this.#at('properties');
    return properties?.kind === 'mapping' ? this.#schema(entryOf(properties, name)?.value) : undefined;
  }

  hasProperty(name: string): boolean {
    const properties = this.#at('properties');
    return properties?.kind === 'mapping' && entryOf(properties, name) !== undefined;
  }

  get hasProperties(): boolean {
    return this.#at('properties')?.kind === 'mapping';
  }

  get additional(): Additional {
    const node = this.#at('additionalProperties');
    if (node?.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    return this.#schema(node);
  }

  /** The schemas of the properties whose names match a pattern. */
  get patternProperties(): readonly (readonly [pattern: Re2, schema: Schema | undefined])[] {
    return this.#once('patternProperties', () => {
      const node = this.document.isJsonSchema ? this.#at('patternProperties') : undefined;
      if (node?.kind !== 'mapping') return [];
      return node.entries.flatMap(({ key, value }) => {
        const pattern = compile(key);
        return pattern === undefined ? [] : [[pattern, this.#schema(value)] as const];
      });
    });
  }

  /** The schema of what stands under a key. */
  field(key: string): Schema | undefined {
    if (this.hasProperty(key)) return this.property(key);
    const { additional } = this;
    return additional instanceof Schema ? additional : undefined;
  }

  get items(): Schema | undefined {
    return this.#schema(this.#at('items'));
  }

  get required(): readonly string[] {
    return this.#texts('required');
  }

  /** The allowed values as `canonical` writes them; undefined when all are allowed. */
  get allowed(): ReadonlySet<string> | undefined {
    return this.#once('enum', () => {
      const values = this.enum;
      return values === undefined ? undefined : new Set(values.map(canonical));
    });
  }

  /** The allowed values; undefined when all are. */
  get enum(): readonly Node[] | undefined {
    const constant = this.document.isJsonSchema ? this.#at('const') : undefined;
    if (constant !== undefined) return [constant];
    const node = this.#at('enum');
    return node?.kind === 'sequence' && node.items.length > 0 ? node.items : undefined;
  }

  /** The name of a format that the API server checks. */
  get format(): string {
    return this.#once('format', () => {
      const name = (this.#text('format') ?? '').replaceAll('-', '');
      return FORMATS.has(name) ? name : '';
    });
  }

  /** The format as it is written, checked or not. */
  get formatName(): string {
    return this.#text('format') ?? '';
  }

  get pattern(): string | undefined {
    return this.#text('pattern');
  }

  /** Undefined for a pattern that RE2 does not know: nobody can say what it means. */
  get compiledPattern(): Re2 | undefined {
    return this.#once('compiledPattern', () => (this.pattern ? compile(this.pattern) : undefined));
  }

  get minLength(): number | undefined {
    return this.#number('minLength');
  }
  get maxLength(): number | undefined {
    return this.#number('maxLength');
  }
  get minItems(): number | undefined {
    return this.#number('minItems');
  }
  get maxItems(): number | undefined {
    return this.#number('maxItems');
  }
  get minProperties(): number | undefined {
    return this.#number('minProperties');
  }
  get maxProperties(): number | undefined {
    return this.#number('maxProperties');
  }
  get multipleOf(): number | undefined {
    return this.#number('multipleOf');
  }
  get hasUniqueItems(): boolean {
    return this.#is('uniqueItems');
  }

  /** The least or the most that a number may be. */
  bound(which: 'minimum' | 'maximum'): { readonly value: number; readonly isExclusive: boolean } | undefined {
    const exclusive = which === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
    const value = this.#number(which);
    // Newer drafts of JSON Schema write the bound itself there.
    const excluded = this.document.isJsonSchema ? this.#number(exclusive) : undefined;
    if (excluded !== undefined) return { value: excluded, isExclusive: true };
    return value === undefined ? undefined : { value, isExclusive: this.#is(exclusive) };
  }

  alternatives(keyword: 'allOf' | 'anyOf' | 'oneOf'): readonly (Schema | undefined)[] {
    return this.#once(keyword, () => {
      const node = this.#at(keyword);
      return node?.kind === 'sequence' ? node.items.map((item) => this.#schema(item)) : [];
    });
  }

  get not(): Schema | undefined {
    return this.#schema(this.#at('not'));
  }

  /** `x-kubernetes-validations`. */
  get rules(): readonly Rule[] {
    return this.#once('rules', () => {
      const node = this.#at('x-kubernetes-validations');
      return node?.kind === 'sequence' ? node.items.flatMap(readRule) : [];
    });
  }

  /** Whether the schema says nothing but which of these fields are required. */
  get onlyRequires(): boolean {
    return this.#node.entries.every(({ key }) => key === 'required') && this.required.length > 0;
  }

  #schema(node: Node | undefined): Schema | undefined {
    return Schema.#make(node, this.document, this.#schemas);
  }

  #at(key: string): Node | undefined {
    return entryOf(this.#node, key)?.value;
  }

  #is(key: string): boolean {
    const node = this.#at(key);
    return node?.kind === 'scalar' && node.value === true;
  }

  #text(key: string): string | undefined {
    const node = this.#at(key);
    return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
  }

  #number(key: string): number | undefined {
    const node = this.#at(key);
    return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
  }

  #texts(key: string): readonly string[] {
    return this.#once(key, () => {
      const node = this.#at(key);
      const items = node?.kind === 'sequence' ? node.items : [];
      return items.flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : []));
    });
  }

  #once<T>(key: string, read: () => T): T {
    if (!this.#read.has(key)) this.#read.set(key, read());
    // What is kept under a key is what the same function returned before.
    return this.#read.get(key) as T;
  }
}

function compile(pattern: string): Re2 | undefined {
  try {
    return new Re2(pattern);
  } catch (error) {
    if (error instanceof RegexpError) return undefined;
    throw error;
  }
}

function readRule(node: Node): Rule[] {
  if (node.kind !== 'mapping') return [];
  const text = (key: string): string | undefined => {
    const value = entryOf(node, key)?.value;
    return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
  };
  const rule = text('rule');
  if (rule === undefined || rule.trim() === '') return [];
  const optional = entryOf(node, 'optionalOldSelf')?.value;
  return [
    {
      rule,
      message: text('message'),
      messageExpression: text('messageExpression'),
      fieldPath: text('fieldPath'),
      reason: text('reason'),
      hasOptionalOldSelf: optional?.kind === 'scalar' && optional.value === true,
    },
  ];
}

/** What a `$ref` leads to within its document. What it cannot be followed to allows everything. */
function followReferences(node: Node | undefined, root: Node): Node | undefined {
  let target = node;
  for (let steps = 0; steps < MOST_REFERENCES; steps++) {
    const reference = target?.kind === 'mapping' ? entryOf(target, '$ref')?.value : undefined;
    if (reference?.kind !== 'scalar' || typeof reference.value !== 'string') return target;
    if (!reference.value.startsWith('#')) return undefined;
    target = root;
    for (const step of reference.value.split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      target = target?.kind === 'mapping' ? entryOf(target, key)?.value : undefined;
    }
  }
  return undefined;
}
