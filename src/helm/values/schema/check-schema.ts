import { JsonNumber, type Json } from './json.ts';
import { isInteger, toRational } from './rational.ts';
import { printFault, type SchemaFault } from './schema-error.ts';
import { SCHEMA_URL, SchemaProblem } from './schema-document.ts';

type Kind = 'text' | 'boolean' | 'number' | 'count' | 'texts' | 'list' | 'object' | 'schema' | 'schemas' | 'schema map';

/** What the drafts' metaschemas want of each keyword; where drafts differ, the widest. */
const KEYWORDS: readonly (readonly [kinds: readonly Kind[], keywords: string])[] = [
  [['text'], '$ref $schema $comment title description format pattern'],
  [['boolean'], 'readOnly writeOnly uniqueItems'],
  [['number'], 'multipleOf minimum maximum'],
  [['number', 'boolean'], 'exclusiveMinimum exclusiveMaximum'],
  [['count'], 'minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains'],
  [['texts'], 'required'],
  [['list'], 'enum examples'],
  [['schemas'], 'allOf anyOf oneOf prefixItems'],
  [['schema', 'schemas'], 'items'],
  [['schema'], 'not if then else contains propertyNames additionalItems additionalProperties'],
  [['schema'], 'unevaluatedItems unevaluatedProperties'],
  [['schema map'], 'properties patternProperties definitions $defs dependentSchemas'],
  [['object'], 'dependentRequired dependencies'],
];

let kindsByKeyword: ReadonlyMap<string, readonly Kind[]> | undefined;

function kindsOf(keyword: string): readonly Kind[] | undefined {
  kindsByKeyword ??= new Map(
    KEYWORDS.flatMap(([kinds, keywords]) => keywords.split(' ').map((name) => [name, kinds] as const)),
  );
  return kindsByKeyword.get(keyword);
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/**
 * Checks that the keywords of a schema are what their names say: Helm refuses a schema that its draft's metaschema does
 * not allow. The message names the first place only.
 * @throws SchemaProblem
 */
export function checkSchema(schema: Json): void {
  const fault = findFault(schema, []);
  if (fault === undefined) return;
  throw new SchemaProblem(`"${SCHEMA_URL}#" is not valid against metaschema:${printFault(fault)}`);
}

function findFault(schema: Json, path: readonly string[]): SchemaFault | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (!(schema instanceof Map)) return newFault(path, `got ${nameOf(schema)}, want boolean or object`);
  // Before 2019-09 nothing else in an object with `$ref` counts; a later draft would check it.
  for (const [keyword, value] of schema) {
    const at = [...path, keyword];
    const fault = keyword === 'type' ? findTypeFault(value, at) : findKeywordFault(keyword, value, at);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findTypeFault(value: Json, path: readonly string[]): SchemaFault | undefined {
  const types = Array.isArray(value) ? value : [value];
  const isKnown = types.length > 0 && types.every((type) => typeof type === 'string' && TYPES.includes(type));
  return isKnown ? undefined : newFault(path, `value must be one of ${TYPES.map((type) => `'${type}'`).join(', ')}`);
}

function findKeywordFault(keyword: string, value: Json, path: readonly string[]): SchemaFault | undefined {
  const kinds = kindsOf(keyword);
  if (kinds === undefined) return undefined;
  const kind = kinds.find((candidate) => isOfKind(value, candidate));
  if (kind === undefined) return newFault(path, `got ${nameOf(value)}, want ${kinds.map(describe).join(' or ')}`);
  if (kind === 'schema') return findFault(value, path);
  if (kind === 'schemas' && Array.isArray(value)) {
    return firstFault(
      value.map((item, index) => [String(index), item]),
      path,
    );
  }
  return kind === 'schema map' && value instanceof Map ? firstFault(value, path) : undefined;
}

function firstFault(schemas: Iterable<readonly [string, Json]>, path: readonly string[]): SchemaFault | undefined {
  for (const [name, schema] of schemas) {
    const fault = findFault(schema, [...path, name]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isOfKind(value: Json, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return value instanceof JsonNumber;
    case 'count':
      return value instanceof JsonNumber && !value.text.startsWith('-') && isInteger(toRational(value));
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'list':
    case 'schemas':
      return Array.isArray(value);
    case 'schema':
      return typeof value === 'boolean' || value instanceof Map;
    case 'object':
    case 'schema map':
      return value instanceof Map;
  }
}

const DESCRIPTIONS: Readonly<Record<Kind, string>> = {
  text: 'string',
  boolean: 'boolean',
  number: 'number',
  count: 'non-negative integer',
  texts: 'array of strings',
  list: 'array',
  schemas: 'array',
  schema: 'boolean or object',
  object: 'object',
  'schema map': 'object',
};

function describe(kind: Kind): string {
  return DESCRIPTIONS[kind];
}

function nameOf(value: Json): string {
  if (value === null) return 'null';
  if (value instanceof JsonNumber) return 'number';
  if (value instanceof Map) return 'object';
  return Array.isArray(value) ? 'array' : typeof value;
}

function newFault(path: readonly string[], message: string): SchemaFault {
  return { path, message, isGroup: false, isReference: false, causes: [] };
}
