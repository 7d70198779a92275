import { escapeName } from '../cel/escape-name.ts';
import type { Size } from '../cel/compile/size.ts';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  objectType,
  STRING,
  TIMESTAMP,
  type CelType,
} from '../cel/compile/type.ts';
import type { Field } from './field.ts';

/**
 * What CEL knows of what a schema describes. Source: SchemaDeclType in k8s.io/apiserver.
 */
export interface Declared {
  readonly type: CelType;
  /** How many items, entries, characters or bytes there can be. */
  readonly most: number;
  /** In how many bytes of JSON it fits. */
  readonly least: number;
  /** By the names that they have in CEL. */
  readonly fields?: ReadonlyMap<string, Declared>;
  readonly item?: Declared;
  /** Of a map. */
  readonly key?: Declared;
}

const MOST_BYTES = 3 * 1024 * 1024;

/** Of resources the names are known, whatever their schema says. */
const TEXT: Declared = { type: STRING, most: MOST_BYTES - 2, least: 2 };
const NAMES: ReadonlyMap<string, Declared> = new Map([
  ['name', TEXT],
  ['generateName', TEXT],
]);

/** Of the keys of maps no limit is known: the API server takes it for none at all. */
const KEY: Declared = { type: STRING, most: 0, least: 2 };

/** @returns undefined for what no expression sees */
export function declare(schema: Field, isResource: boolean): Declared | undefined {
  if (schema.node?.kind !== 'mapping') return undefined;
  if (is(schema, 'x-kubernetes-int-or-string')) {
    return { type: DYN, most: longest(schema) ?? MOST_BYTES - 2, least: 1 };
  }
  switch (schema.at('type').text) {
    case 'array':
      return declareList(schema);
    case 'object':
      return schema.at('additionalProperties').node?.kind === 'mapping' && !isResource
        ? declareMap(schema)
        : declareObject(schema, isResource);
    case 'string':
      return declareText(schema);
    case 'boolean':
      return { type: BOOL, most: 0, least: 4 };
    case 'number':
      return { type: DOUBLE, most: 0, least: 1 };
    case 'integer':
      return { type: INT, most: 0, least: 1 };
    default:
      return undefined;
  }
}

function is(schema: Field, keyword: string): boolean {
  return schema.says(keyword) && schema.at(keyword).isTrue;
}

function declareInside(schema: Field): Declared | undefined {
  return declare(schema, is(schema, 'x-kubernetes-embedded-resource'));
}

function limit(schema: Field, keyword: string): number | undefined {
  const number = schema.says(keyword) ? schema.at(keyword).number : undefined;
  return number === undefined ? undefined : Math.max(0, number);
}

/** `maxLength` counts characters, of which each can be four bytes. */
function longest(schema: Field): number | undefined {
  const most = limit(schema, 'maxLength');
  return most === undefined ? undefined : most * 4;
}

function declareList(schema: Field): Declared | undefined {
  const item = declareInside(schema.at('items'));
  if (item === undefined) return undefined;
  const most = limit(schema, 'maxItems') ?? Math.floor((MOST_BYTES - 2) / (item.least + 1));
  return { type: listOf(item.type), most, least: 2, item };
}

function declareMap(schema: Field): Declared | undefined {
  const item = declareInside(schema.at('additionalProperties'));
  if (item === undefined) return undefined;
  const most = limit(schema, 'maxProperties') ?? Math.floor((MOST_BYTES - 2) / (item.least + 6));
  return { type: mapOf(STRING, item.type), most, least: 2, item, key: KEY };
}

function declareObject(schema: Field, isResource: boolean): Declared {
  const fields = new Map<string, Declared>();
  const required = new Set(schema.says('required') ? schema.at('required').texts() : []);
  let least = 2;
  const add = (name: string, field: Declared | undefined, hasDefault: boolean): void => {
    if (field === undefined) return;
    const escaped = escapeName(name);
    if (escaped !== undefined) fields.set(escaped, field);
    if (required.has(name) && !hasDefault) least += Buffer.byteLength(name) + field.least + 4;
  };
  const path = schema.path.join('/');
  const known = isResource ? ['kind', 'apiVersion', 'metadata'] : [];
  for (const [name, property] of schema.says('properties') ? schema.at('properties').entries() : []) {
    if (!known.includes(name)) add(name, declareInside(property), property.says('default'));
  }
  for (const name of known) add(name, name === 'metadata' ? metadataOf(path) : TEXT, false);
  const types = Object.fromEntries([...fields].map(([name, { type }]) => [name, type]));
  return { type: objectType(path, types), most: 0, least, fields };
}

function metadataOf(path: string): Declared {
  return {
    type: objectType(`${path}/metadata`, { name: STRING, generateName: STRING }),
    most: 0,
    least: 2,
    fields: NAMES,
  };
}

const LONGEST_TIME = 32;
const LONGEST_DATE = 12;

function declareText(schema: Field): Declared {
  const format = schema.says('format') ? schema.at('format').text : '';
  switch (format) {
    case 'byte':
      return { type: BYTES, most: limit(schema, 'maxLength') ?? MOST_BYTES - 2, least: 2 };
    case 'duration':
      return { type: DURATION, most: LONGEST_TIME, least: 3 };
    case 'date':
      return { type: TIMESTAMP, most: LONGEST_DATE, least: LONGEST_DATE };
    case 'date-time':
      return { type: TIMESTAMP, most: LONGEST_TIME, least: 21 };
    default:
      return { type: STRING, most: longest(schema) ?? longestOfEnum(schema) ?? MOST_BYTES - 2, least: 2 };
  }
}

function longestOfEnum(schema: Field): number | undefined {
  const texts = schema.says('enum') ? schema.at('enum').texts() : [];
  return texts.length === 0 ? undefined : Math.max(...texts.map((text) => Buffer.byteLength(text)));
}

/** How large what a path leads to can be. Its first step names the variable. Undefined for what is not part of the schema. */
export function sizeAt(root: Declared, path: readonly string[]): Size | undefined {
  let here: Declared | undefined = root;
  for (const step of path.slice(1)) {
    if (step === '@items' || step === '@values') here = here?.item;
    else if (step === '@keys') here = here?.key;
    else here = here?.fields?.get(step);
    if (here === undefined) return undefined;
  }
  return { min: 0, max: here.most };
}
