import { JsonNumber, type Json, jsonTypeOf } from './json.ts';
import { findDuplicate } from './equal.ts';
import { isInteger, toRational } from './rational.ts';
import { printFaults, type SchemaFault, type SchemaPath } from './schema-error.ts';
import { type Draft, draftOf, SCHEMA_URL, SchemaProblem } from './schema-document.ts';

type Kind =
  | 'text'
  | 'boolean'
  | 'number'
  | 'positive number'
  | 'count'
  | 'texts'
  | 'some texts'
  | 'list'
  | 'set'
  | 'schema'
  | 'schemas'
  | 'schema map'
  | 'texts map'
  | 'dependencies';

/** What the drafts' metaschemas want of each keyword; `first` and `last`: the drafts that know it so. */
const KEYWORDS: readonly (readonly [kinds: readonly Kind[], keywords: string, first?: Draft, last?: Draft])[] = [
  [['text'], '$ref $schema title description format pattern'],
  [['text'], 'id', 4, 4],
  [['text'], '$id', 6],
  [['text'], '$comment contentMediaType contentEncoding', 7],
  [['text'], '$anchor $recursiveRef', 2019],
  [['text'], '$dynamicRef $dynamicAnchor $recursiveAnchor', 2020],
  [['boolean'], '$recursiveAnchor', 2019, 2019],
  [['boolean'], 'uniqueItems'],
  [['boolean'], 'readOnly writeOnly', 7],
  [['boolean'], 'deprecated', 2019],
  [['positive number'], 'multipleOf'],
  [['number'], 'minimum maximum'],
  [['boolean'], 'exclusiveMinimum exclusiveMaximum', 4, 4],
  [['number'], 'exclusiveMinimum exclusiveMaximum', 6],
  [['count'], 'minLength maxLength minItems maxItems minProperties maxProperties'],
  [['count'], 'minContains maxContains', 2019],
  [['some texts'], 'required', 4, 4],
  [['texts'], 'required', 6],
  [['set'], 'enum', 4, 7],
  [['list'], 'enum', 2019],
  [['list'], 'examples', 7],
  [['schemas'], 'allOf anyOf oneOf'],
  [['schemas'], 'prefixItems', 2020],
  [['schema', 'schemas'], 'items', 4, 2019],
  [['schema'], 'items', 2020],
  [['schema'], 'not'],
  [['boolean', 'schema'], 'additionalItems additionalProperties', 4, 4],
  [['schema'], 'additionalItems', 6, 2019],
  [['schema'], 'additionalProperties', 6],
  [['schema'], 'contains propertyNames', 6],
  [['schema'], 'if then else', 7],
  [['schema'], 'unevaluatedItems unevaluatedProperties', 2019],
  [['schema map'], 'properties patternProperties definitions'],
  [['schema map'], '$defs dependentSchemas', 2019],
  [['texts map'], 'dependentRequired', 2019],
  [['dependencies'], 'dependencies'],
];

const kindsByDraft = new Map<Draft, ReadonlyMap<string, readonly Kind[]>>();

function kindsIn(draft: Draft): ReadonlyMap<string, readonly Kind[]> {
  let kinds = kindsByDraft.get(draft);
  if (kinds === undefined) {
    const rows = KEYWORDS.filter(([, , first = 4, last = 2020]) => first <= draft && draft <= last);
    kinds = new Map(rows.flatMap(([wanted, keywords]) => keywords.split(' ').map((name) => [name, wanted] as const)));
    kindsByDraft.set(draft, kinds);
  }
  return kinds;
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const ROOT: SchemaPath = { parent: undefined, key: '' };

/**
 * Checks that the keywords of a schema are what their names say: Helm refuses a schema that its draft's metaschema does
 * not allow. The message names the first place only.
 * @throws SchemaProblem
 */
export function checkSchema(schema: Json): void {
  const fault = findFault(schema, ROOT, draftOf(schema) ?? 2020);
  if (fault === undefined) return;
  throw new SchemaProblem(`"${SCHEMA_URL}#" is not valid against metaschema:\n${printFaults([fault])}`);
}

function findFault(schema: Json, path: SchemaPath, draft: Draft): SchemaFault | undefined {
  if (typeof schema === 'boolean' && draft >= 6) return undefined;
  if (!(schema instanceof Map)) return newFault(path, `got ${jsonTypeOf(schema)}, want boolean or object`);
  // Before 2019-09 nothing else in an object with `$ref` counts; a later draft would check it.
  for (const [keyword, value] of schema) {
    const at = { parent: path, key: keyword };
    const fault = keyword === 'type' ? findTypeFault(value, at) : findKeywordFault(keyword, value, at, draft);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findTypeFault(value: Json, path: SchemaPath): SchemaFault | undefined {
  const types = Array.isArray(value) ? value : [value];
  const isSet = types.length > 0 && findDuplicate(types) === undefined;
  const isKnown = isSet && types.every((type) => typeof type === 'string' && TYPES.includes(type));
  return isKnown ? undefined : newFault(path, `value must be one of ${TYPES.map((type) => `'${type}'`).join(', ')}`);
}

function findKeywordFault(keyword: string, value: Json, path: SchemaPath, draft: Draft): SchemaFault | undefined {
  const kinds = kindsIn(draft).get(keyword);
  if (kinds === undefined) return undefined;
  const kind = kinds.find((candidate) => isOfKind(value, candidate));
  if (kind === undefined)
    return newFault(path, `got ${jsonTypeOf(value)}, want ${kinds.map(describeKind).join(' or ')}`);
  if (kind === 'schema') return findFault(value, path, draft);
  if (kind === 'schemas' && Array.isArray(value)) {
    return firstFault(
      value.map((item, index) => [String(index), item]),
      path,
      draft,
    );
  }
  if (!(value instanceof Map) || kind === 'texts map') return undefined;
  const schemas = kind === 'dependencies' ? [...value].filter(([, item]) => !Array.isArray(item)) : value;
  return firstFault(schemas, path, draft);
}

function firstFault(
  schemas: Iterable<readonly [string, Json]>,
  path: SchemaPath,
  draft: Draft,
): SchemaFault | undefined {
  for (const [name, schema] of schemas) {
    const fault = findFault(schema, { parent: path, key: name }, draft);
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
    case 'positive number':
      return value instanceof JsonNumber && toRational(value).numerator > 0n;
    case 'count':
      return value instanceof JsonNumber && !value.text.startsWith('-') && isInteger(toRational(value));
    case 'texts':
      return isTexts(value);
    case 'some texts':
      return isTexts(value) && Array.isArray(value) && value.length > 0;
    case 'set':
      return Array.isArray(value) && value.length > 0 && findDuplicate(value) === undefined;
    case 'schemas':
      return Array.isArray(value) && value.length > 0;
    case 'list':
      return Array.isArray(value);
    case 'schema':
      return typeof value === 'boolean' || value instanceof Map;
    case 'schema map':
      return value instanceof Map;
    case 'texts map':
      return value instanceof Map && [...value.values()].every(isTexts);
    case 'dependencies':
      return value instanceof Map && [...value.values()].every((item) => !Array.isArray(item) || isTexts(item));
  }
}

function isTexts(value: Json): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') && findDuplicate(value) === undefined;
}

const DESCRIPTIONS: Readonly<Record<Kind, string>> = {
  text: 'string',
  boolean: 'boolean',
  number: 'number',
  'positive number': 'number above 0',
  count: 'non-negative integer',
  texts: 'array of different strings',
  'some texts': 'array of one string or more, all different',
  list: 'array',
  set: 'array of one value or more, all different',
  schemas: 'array of one schema or more',
  schema: 'boolean or object',
  'schema map': 'object',
  'texts map': 'object with arrays of different strings',
  dependencies: 'object with schemas and arrays of different strings',
};

function describeKind(kind: Kind): string {
  return DESCRIPTIONS[kind];
}

function newFault(path: SchemaPath, message: string): SchemaFault {
  return { path, message, isGroup: false, isReference: false, causes: [] };
}
