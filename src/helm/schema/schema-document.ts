import type { Json, JsonObject } from './json.ts';
import { escapeToken } from './schema-error.ts';
import type { SchemaWork } from './schema-work.ts';

export type Draft = 4 | 6 | 7 | 2019 | 2020;

/** What keeps a schema from being used. */
export class SchemaProblem extends Error {}

/** A part of a schema document that has a URL of its own. */
export interface SchemaResource {
  readonly pointer: string;
  readonly id: string;
  readonly draft: Draft;
  /** Pointers by name. */
  readonly anchors: Map<string, string>;
  readonly dynamicAnchors: Set<string>;
}

/** The name that Helm gives to the schema of a chart. */
export const SCHEMA_URL = 'file:///values.schema.json';

/** Keywords that hold a schema, a list of schemas, or schemas by name. */
const SINGLE = ['not', 'additionalProperties', 'items', 'additionalItems', 'propertyNames', 'contains', 'if', 'then'];
const SINGLE_LATER = ['else', 'unevaluatedProperties', 'unevaluatedItems', 'contentSchema'];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'items', 'prefixItems'];
const MAPS = ['definitions', 'properties', 'patternProperties', 'dependencies', '$defs', 'dependentSchemas'];

/** Pointers are copied and hashed by many characters at once. */
const CHARACTERS_BY_STEP_SHIFT = 4;

const STEPS_TO_JOIN = 10;

/** A schema document and the parts of it that references can name. */
export class SchemaDocument {
  readonly #root: Json;
  readonly #work: SchemaWork;
  /** By pointer. */
  readonly #resources = new Map<string, SchemaResource>();
  readonly #byId = new Map<string, SchemaResource>();

  /** @throws SchemaProblem for a `$schema` that is not known; LimitError */
  constructor(root: Json, work: SchemaWork) {
    this.#root = root;
    this.#work = work;
    const resource = newResource('', SCHEMA_URL, draftOf(root) ?? 2020);
    this.#add(resource);
    this.#collect(root, '', resource);
  }

  #add(resource: SchemaResource): void {
    this.#resources.set(resource.pointer, resource);
    if (!this.#byId.has(resource.id)) this.#byId.set(resource.id, resource);
  }

  /** @throws SchemaProblem when there is nothing */
  lookUp(pointer: string): Json {
    let value = this.#root;
    const tokens = pointer.split('/').slice(1);
    this.#work.spend(tokens.length + (pointer.length >> CHARACTERS_BY_STEP_SHIFT));
    for (const token of tokens) {
      const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
      const next: Json | undefined =
        value instanceof Map ? value.get(name) : Array.isArray(value) ? itemAt(value, name) : undefined;
      if (next === undefined) throw new SchemaProblem(`json-pointer in "${SCHEMA_URL}#${pointer}" not found`);
      value = next;
    }
    return value;
  }

  /**
   * The innermost resource that a place belongs to.
   * @param outer of the schema that the place is directly in, where that is known
   */
  resourceOf(pointer: string, outer?: SchemaResource): SchemaResource {
    this.#work.spend(1 + (pointer.length >> CHARACTERS_BY_STEP_SHIFT));
    if (outer !== undefined) return this.#resources.get(pointer) ?? outer;
    for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      this.#work.spend(1 + (at.length >> CHARACTERS_BY_STEP_SHIFT));
      const resource = this.#resources.get(at);
      if (resource !== undefined) return resource;
    }
    return this.#resources.get('') ?? newResource('', SCHEMA_URL, 2020);
  }

  /**
   * Where a reference leads; undefined stands for a schema that accepts all, which Helm puts in place of a URN.
   * @throws SchemaProblem for one that points outside the document: nothing is fetched
   */
  resolve(reference: string, from: SchemaResource): string | undefined {
    this.#work.spend(STEPS_TO_JOIN + ((from.id.length + reference.length) >> 2));
    const url = join(from.id, reference);
    const hash = url.indexOf('#');
    const id = hash === -1 ? url : url.slice(0, hash);
    const resource = this.#byId.get(id);
    if (resource === undefined) {
      if (id.startsWith('urn:')) return undefined;
      throw new SchemaProblem(`failing loading "${id}": schemas are not downloaded. Include it in the chart's schema`);
    }
    const fragment = hash === -1 ? '' : decodeFragment(url.slice(hash + 1));
    if (fragment === '' || fragment.startsWith('/')) return resource.pointer + fragment;
    const anchor = resource.anchors.get(fragment);
    if (anchor === undefined) {
      throw new SchemaProblem(`anchor in "${id}#${fragment}" not found in schema "${SCHEMA_URL}"`);
    }
    return anchor;
  }

  #collect(schema: Json, pointer: string, outer: SchemaResource): void {
    if (!(schema instanceof Map)) return;
    const resource = this.#enter(schema, pointer, outer);
    if (resource.draft < 2019 && schema.has('$ref') && pointer !== '') return;
    for (const keyword of [...SINGLE, ...SINGLE_LATER]) {
      if (schema.has(keyword)) this.#collect(schema.get(keyword) ?? null, `${pointer}/${keyword}`, resource);
    }
    for (const keyword of LISTS) {
      const list = schema.get(keyword);
      if (Array.isArray(list))
        list.forEach((item, index) => this.#collect(item, `${pointer}/${keyword}/${index}`, resource));
    }
    for (const keyword of MAPS) {
      const map = schema.get(keyword);
      if (!(map instanceof Map)) continue;
      for (const [name, item] of map) this.#collect(item, `${pointer}/${keyword}/${escapeToken(name)}`, resource);
    }
  }

  /** Takes note of the identifiers of one schema; gives the resource that it belongs to. */
  #enter(schema: JsonObject, pointer: string, outer: SchemaResource): SchemaResource {
    this.#work.spend(STEPS_TO_JOIN);
    let resource = this.resourceOf(pointer, outer);
    const isShadowed = resource.draft < 2019 && schema.has('$ref');
    const id = schema.get(resource.draft === 4 ? 'id' : '$id');
    if (typeof id === 'string' && !isShadowed) {
      const [base = '', fragment = ''] = id.split('#', 2);
      if (base !== '') {
        const draft = draftOf(schema) ?? resource.draft;
        resource = newResource(pointer, join(resource.id, base), draft);
        this.#add(resource);
      }
      if (resource.draft < 2019 && fragment !== '' && !fragment.startsWith('/')) {
        resource.anchors.set(decodeFragment(fragment), pointer);
      }
    }
    const anchor = schema.get('$anchor');
    if (resource.draft >= 2019 && typeof anchor === 'string') resource.anchors.set(anchor, pointer);
    const dynamicAnchor = schema.get('$dynamicAnchor');
    if (resource.draft >= 2020 && typeof dynamicAnchor === 'string') {
      resource.anchors.set(dynamicAnchor, pointer);
      resource.dynamicAnchors.add(dynamicAnchor);
    }
    return resource;
  }
}

function newResource(pointer: string, id: string, draft: Draft): SchemaResource {
  return { pointer, id, draft, anchors: new Map(), dynamicAnchors: new Set() };
}

const DRAFTS = new Map<string, Draft>([
  ['json-schema.org/schema', 2020],
  ['json-schema.org/draft/2020-12/schema', 2020],
  ['json-schema.org/draft/2019-09/schema', 2019],
  ['json-schema.org/draft-07/schema', 7],
  ['json-schema.org/draft-06/schema', 6],
  ['json-schema.org/draft-04/schema', 4],
]);

/** The draft that a schema names itself; undefined when it names none. */
export function draftOf(schema: Json): Draft | undefined {
  const url = schema instanceof Map ? schema.get('$schema') : undefined;
  if (typeof url !== 'string') return undefined;
  const draft = DRAFTS.get(url.replace(/#$/, '').replace(/^https?:\/\//, ''));
  if (draft !== undefined) return draft;
  throw new SchemaProblem(`failing loading "${url}": schemas are not downloaded. Use one of JSON Schema's own drafts`);
}

function itemAt(list: readonly Json[], index: string): Json | undefined {
  return /^[0-9]+$/.test(index) ? list[Number(index)] : undefined;
}

function join(base: string, reference: string): string {
  try {
    return new URL(reference, base).href;
  } catch {
    throw new SchemaProblem(`error in parsing "${reference}": it is not a URL`);
  }
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    throw new SchemaProblem(`error in parsing "#${fragment}": invalid URL escape`);
  }
}
