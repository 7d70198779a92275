import { checkDefault } from './crd-default.ts';
import { EXTENSIONS } from './crd-extensions.ts';
import { faultOfPattern } from './crd-pattern.ts';
import type { KeywordCheck, Place } from './crd-keyword.ts';
import type { Field } from './field.ts';

/**
 * Structural schemas. Source: apiextensions-apiserver/pkg/apiserver/schema, and the documentation of
 * CustomResourceDefinitions, "Specifying a structural schema". Most of a definition is its schema, so each keyword is
 * looked at only where it is.
 */

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const META = ['metadata', 'kind', 'apiVersion'];

/** What may stand at the root beside a status subresource. */
const AT_ROOT_WITH_STATUS = new Set(
  [
    'description example exclusiveMaximum exclusiveMinimum externalDocs format items maxItems maxLength maximum minItems',
    'minLength minimum multipleOf pattern properties required title type uniqueItems',
    'x-kubernetes-preserve-unknown-fields x-kubernetes-validations',
  ].flatMap((line) => line.split(' ')),
);

/** `openAPIV3Schema` of a version. */
export function schemaOfResource(schema: Field, hasStatus: boolean): void {
  for (const [name, value] of hasStatus ? schema.entries() : []) {
    if (!AT_ROOT_WITH_STATUS.has(name) && !value.isEmpty) {
      value.invalid('is not allowed at the root beside the subresource status', 'Move it into a field, or remove it');
    }
  }
  if (schema.at('nullable').isTrue) schema.at('nullable').forbidden('at the root');
  if (schema.says('additionalProperties')) schema.at('additionalProperties').forbidden('at the root');
  checkSchema(schema, { level: 'root', defaults: true, insideMetadata: false });
}

function isEmbedded(schema: Field): boolean {
  return schema.says('x-kubernetes-embedded-resource') && schema.at('x-kubernetes-embedded-resource').isTrue;
}

function checkSchema(schema: Field, place: Place): void {
  if (!schema.says('type')) checkWithoutType(schema, place);
  checkKeywords(schema, place, KEYWORDS);
}

function checkKeywords(schema: Field, place: Place, keywords: ReadonlyMap<string, KeywordCheck>): void {
  if (schema.node?.kind !== 'mapping') return;
  for (const { key, value } of schema.node.entries) {
    const check = keywords.get(key);
    if (check === undefined || (value.kind === 'scalar' && value.value === null)) continue;
    check(schema.child(key, value), schema, place);
  }
}

function checkWithoutType(schema: Field, { level }: Place): void {
  const needsNone = ['x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields'].some(
    (name) => schema.at(name).isTrue,
  );
  if (needsNone && !isEmbedded(schema)) return;
  schema.at('type').required(level === 'root' ? 'at the root' : 'in a structural schema', 'Add type');
}

const type: KeywordCheck = (value, schema, place) => {
  if (value.isEmpty) checkWithoutType(schema, place);
  else if (!TYPES.includes(value.text)) value.notSupported(TYPES);
  else if ((place.level === 'root' || isEmbedded(schema)) && value.text !== 'object') {
    value.invalid('is not object', 'Write type: object');
  }
  if (value.text === 'array' && !schema.says('items')) {
    schema.at('items').required('where the type is array', 'Add items with a schema');
  }
};

const properties: KeywordCheck = (value, schema, place) => {
  const isRoot = place.level === 'root';
  const isResource = isRoot || isEmbedded(schema);
  if (isResource) checkMetadata(value, isRoot);
  for (const [name, property] of value.entries()) {
    const isMeta = isResource && META.includes(name);
    checkSchema(property, {
      level: 'field',
      defaults: place.defaults && !(isMeta && isRoot),
      insideMetadata: place.insideMetadata || isMeta,
    });
  }
};

/** The metadata of a resource, which the API server knows. */
function checkMetadata(properties: Field, isRoot: boolean): void {
  for (const name of ['kind', 'apiVersion']) {
    const typeOfName = properties.at(name, 'type');
    if (properties.has(name) && typeOfName.text !== 'string') typeOfName.invalid('is not string', 'Write type: string');
  }
  if (!properties.has('metadata')) return;
  const metadata = properties.at('metadata');
  if (metadata.at('type').text !== 'object') metadata.at('type').invalid('is not object', 'Write type: object');
  const isPlain =
    metadata.entries().every(([name, value]) => ['type', 'default', 'properties'].includes(name) || value.isEmpty) &&
    metadata
      .at('properties')
      .keys()
      .every((name) => name === 'name' || name === 'generateName');
  if (isRoot && !isPlain) {
    metadata.forbidden(
      'with anything but name and generateName',
      'Write metadata: {type: object}; the API server knows the rest',
    );
  }
}

const unsupported: KeywordCheck = (value) => {
  if (!value.isEmpty) value.forbidden('in a schema of a custom resource');
};

/** What holds for every schema, also for one that only restricts another. */
const COMMON: readonly (readonly [string, KeywordCheck])[] = [
  ['$ref', unsupported],
  ['additionalItems', unsupported],
  ['definitions', unsupported],
  ['dependencies', unsupported],
  ['id', unsupported],
  ['patternProperties', unsupported],
  [
    'uniqueItems',
    (value) => {
      if (value.isTrue) value.forbidden('to be true', 'Write x-kubernetes-list-type: set');
    },
  ],
  [
    'pattern',
    (value) => {
      const fault = faultOfPattern(value.text);
      if (fault !== undefined)
        value.invalid(`is not a regular expression of Go: ${fault}`, 'Write it in the syntax of RE2');
    },
  ],
];

const additionalProperties: KeywordCheck = (value, schema, place) => {
  if (!value.isTrue && schema.at('properties').size > 0) {
    value.forbidden('beside properties', 'Remove additionalProperties or properties');
  }
  if (value.node?.kind === 'mapping') {
    checkSchema(value, { ...place, level: 'field', defaults: place.defaults && !place.insideMetadata });
  }
};

const KEYWORDS: ReadonlyMap<string, KeywordCheck> = new Map<string, KeywordCheck>([
  ...COMMON,
  ...EXTENSIONS,
  ['type', type],
  ['properties', properties],
  ['items', (value, _, place) => checkSchema(value, { ...place, level: 'item' })],
  ['additionalProperties', additionalProperties],
  [
    'default',
    (value, schema, place) => {
      if (!place.defaults) value.forbidden('for metadata of the resource');
      else if (!place.insideMetadata) checkDefault(schema);
    },
  ],
  ...['allOf', 'anyOf', 'oneOf', 'not'].map((name) => [name, restrictions] as const),
]);

/** Whether alternatives are those of `x-kubernetes-int-or-string`, which may name types. */
function isIntOrString(list: Field): boolean {
  const types = list.items().map((item) => {
    const said = item.entries().filter(([, value]) => !value.isEmpty);
    return said.length === 1 ? item.at('type').text : '';
  });
  return types.join(' ') === 'integer string';
}

/** The schema that is restricted, or that nobody asks whether it defines what is restricted. */
type Around = Field | 'any';

/**
 * The schemas in `allOf`, `anyOf`, `oneOf` and `not` only restrict what the schema around them allows. Only of those at
 * the top of a schema does the API server check that. Source: validateStructuralCompleteness in complete.go.
 */
function restrictions(value: Field, schema: Field, { level }: Place): void {
  restrict(value, level === 'root' ? schema : 'any', value.step === 'anyOf');
}

/** @param mayNameTypes whether the schemas may be those of `x-kubernetes-int-or-string` */
function restrict(value: Field, around: Around, mayNameTypes: boolean): void {
  if (value.step === 'not') return checkRestriction(value, around, false);
  if (mayNameTypes && value.step === 'anyOf' && isIntOrString(value)) return;
  for (const [index, item] of value.items().entries()) {
    checkRestriction(item, around, value.step === 'allOf' && index === 0);
  }
}

/** What defines something, so that it cannot stand in a schema that only restricts another. */
const DEFINING = [
  'additionalProperties',
  'default',
  'description',
  'nullable',
  'title',
  'type',
  ...EXTENSIONS.map(([name]) => name),
];

const defining: KeywordCheck = (value) => {
  const isSaid = ['default', 'additionalProperties', 'x-kubernetes-list-type', 'x-kubernetes-map-type'].includes(
    String(value.step),
  );
  if (isSaid || !value.isEmpty) value.forbidden('inside of allOf, anyOf, oneOf and not', 'Move it out of there');
};

const RESTRICTING: ReadonlyMap<string, KeywordCheck> = new Map<string, KeywordCheck>([
  ...COMMON,
  ...DEFINING.map((name) => [name, defining] as const),
]);

/**
 * @param around the schema that is restricted; undefined where there is none
 * @param mayNameTypes whether its `anyOf` may be that of `x-kubernetes-int-or-string`
 */
function checkRestriction(schema: Field, around: Around | undefined, mayNameTypes: boolean): void {
  if (around === undefined) {
    schema.required('to be defined outside of allOf, anyOf, oneOf and not', 'Define the field there, too');
    return;
  }
  checkKeywords(schema, { level: 'field', defaults: true, insideMetadata: false }, RESTRICTING);
  for (const [name, value] of schema.entries()) {
    if (['allOf', 'anyOf', 'oneOf', 'not'].includes(name)) restrict(value, around, mayNameTypes);
    else if (name === 'items') checkRestriction(value, definedAs(around, 'items'), false);
    else if (name === 'properties') checkProperties(value, around);
  }
}

function checkProperties(value: Field, around: Around): void {
  if (value.has('metadata')) value.at('metadata').forbidden('inside of allOf, anyOf, oneOf and not');
  for (const [name, property] of value.entries()) {
    checkRestriction(property, around === 'any' ? around : definedAs(around.at('properties'), name), false);
  }
}

function definedAs(around: Around, key: string): Around | undefined {
  if (around === 'any') return around;
  return around.has(key) ? around.at(key) : undefined;
}
