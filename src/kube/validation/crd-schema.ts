import { faultOfPattern } from './crd-pattern.ts';
import { checkDefault } from './crd-default.ts';
import type { Field } from './field.ts';
import { checkExtensions } from './crd-extensions.ts';

/**
 * Structural schemas. Source: apiextensions-apiserver/pkg/apiserver/schema, and the documentation of
 * CustomResourceDefinitions, "Specifying a structural schema".
 */

/** Where a schema stands: at the root, as the item of a list, or as a field of an object. */
type Level = 'root' | 'item' | 'field';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** What no schema of a custom resource can have. */
const NOT_SUPPORTED = ['$ref', 'additionalItems', 'definitions', 'dependencies', 'id', 'patternProperties'];

/** The lists of schemas that only restrict what the schema around them allows. */
const ALTERNATIVES = ['allOf', 'anyOf', 'oneOf'];

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
  if (hasStatus) {
    for (const [name, value] of schema.entries()) {
      if (!AT_ROOT_WITH_STATUS.has(name) && !value.isEmpty) {
        value.invalid('is not allowed at the root beside the subresource status', 'Move it into a field, or remove it');
      }
    }
  }
  if (schema.at('nullable').isTrue) schema.at('nullable').forbidden('at the root');
  checkSchema(schema, 'root', { defaults: true, insideMetadata: false });
}

interface Context {
  /** Whether defaults are allowed. */
  readonly defaults: boolean;
  readonly insideMetadata: boolean;
}

function checkSchema(schema: Field, level: Level, context: Context): void {
  checkType(schema, level);
  checkCommon(schema, context);
  const items = schema.at('items');
  if (items.isSet) checkSchema(items, 'item', context);
  else if (schema.at('type').text === 'array') items.required('where the type is array', 'Add items with a schema');
  for (const [name, property] of schema.at('properties').entries()) {
    const isMeta = META.includes(name) && (level === 'root' || schema.at('x-kubernetes-embedded-resource').isTrue);
    checkSchema(property, 'field', {
      defaults: context.defaults && !(isMeta && level === 'root'),
      insideMetadata: context.insideMetadata || isMeta,
    });
  }
  const additional = schema.at('additionalProperties');
  if (additional.isSet && level === 'root') additional.forbidden('at the root');
  if (additional.node?.kind === 'mapping') {
    checkSchema(additional, 'field', { ...context, defaults: context.defaults && !context.insideMetadata });
  }
  checkMetadata(schema, level);
  checkAlternatives(schema, schema);
  if (schema.at('default').isSet && !context.insideMetadata) checkDefault(schema);
}

const META = ['metadata', 'kind', 'apiVersion'];

function checkType(schema: Field, level: Level): void {
  const type = schema.at('type');
  const isEmbedded = schema.at('x-kubernetes-embedded-resource').isTrue;
  const needsNoType =
    schema.at('x-kubernetes-int-or-string').isTrue || schema.at('x-kubernetes-preserve-unknown-fields').isTrue;
  if (type.isEmpty) {
    if (isEmbedded || !needsNoType)
      type.required(level === 'root' ? 'at the root' : 'in a structural schema', 'Add type');
  } else if (!TYPES.includes(type.text)) type.notSupported(TYPES);
  else if ((level === 'root' || isEmbedded) && type.text !== 'object')
    type.invalid('is not object', 'Write type: object');
}

/** What holds for every schema, wherever it stands. */
function checkCommon(schema: Field, context: Context): void {
  for (const name of NOT_SUPPORTED) {
    if (!schema.at(name).isEmpty) schema.at(name).forbidden('in a schema of a custom resource');
  }
  if (schema.at('default').isSet && !context.defaults) schema.at('default').forbidden('for metadata of the resource');
  if (schema.at('uniqueItems').isTrue)
    schema.at('uniqueItems').forbidden('to be true', 'Write x-kubernetes-list-type: set');
  const additional = schema.at('additionalProperties');
  if (additional.isSet && !additional.isTrue && schema.at('properties').size > 0) {
    additional.forbidden('beside properties', 'Remove additionalProperties or properties');
  }
  const pattern = schema.at('pattern');
  const fault = faultOfPattern(pattern.text);
  if (fault !== undefined)
    pattern.invalid(`is not a regular expression of Go: ${fault}`, 'Write it in the syntax of RE2');
  checkExtensions(schema, context.insideMetadata);
}

function checkMetadata(schema: Field, level: Level): void {
  const properties = schema.at('properties');
  const isResource = level === 'root' || schema.at('x-kubernetes-embedded-resource').isTrue;
  if (!isResource) return;
  for (const name of ['kind', 'apiVersion']) {
    const type = properties.at(name, 'type');
    if (properties.has(name) && type.text !== 'string') type.invalid('is not string', 'Write type: string');
  }
  if (!properties.has('metadata')) return;
  const metadata = properties.at('metadata');
  if (metadata.at('type').text !== 'object') metadata.at('type').invalid('is not object', 'Write type: object');
  const known = metadata.at('properties').keys();
  const isPlain =
    metadata.entries().every(([name, value]) => ['type', 'default', 'properties'].includes(name) || value.isEmpty) &&
    known.every((name) => name === 'name' || name === 'generateName');
  if (level === 'root' && !isPlain) {
    metadata.forbidden(
      'with anything but name and generateName',
      'Write metadata: {type: object}; the API server knows the rest',
    );
  }
}

/** Which keywords define what there is, so that they cannot stand in allOf, anyOf, oneOf or not. */
const DEFINING = [
  'additionalProperties',
  'default',
  'description',
  'nullable',
  'title',
  'type',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
];

/** Whether alternatives are those of `x-kubernetes-int-or-string`, which may name types. */
function isIntOrString(list: Field): boolean {
  const types = list.items().map((item) => {
    const said = item.entries().filter(([, value]) => !value.isEmpty);
    return said.length === 1 ? item.at('type').text : '';
  });
  return types.join(' ') === 'integer string';
}

/** @param around the schema that defines what these restrict */
function checkAlternatives(schema: Field, around: Field | undefined, isFirstOfAll = false): void {
  const mayNameTypes = schema === around || isFirstOfAll;
  for (const name of ALTERNATIVES) {
    const list = schema.at(name);
    if (name === 'anyOf' && mayNameTypes && isIntOrString(list)) continue;
    for (const [index, item] of list.items().entries()) {
      checkRestriction(item, around, name === 'allOf' && index === 0 && schema === around);
    }
  }
  const not = schema.at('not');
  if (not.isSet) checkRestriction(not, around);
}

/** @param around the schema that is restricted; undefined where there is none */
function checkRestriction(schema: Field, around: Field | undefined, isFirstOfAll = false): void {
  if (around === undefined)
    return schema.required('to be defined outside of allOf, anyOf, oneOf and not', 'Define the field there, too');
  for (const name of DEFINING) {
    const field = schema.at(name);
    const isThere =
      name === 'default' || name === 'additionalProperties' || name.endsWith('-type') ? field.isSet : !field.isEmpty;
    if (isThere) field.forbidden('inside of allOf, anyOf, oneOf and not', 'Move it out of there');
  }
  if (schema.at('properties').has('metadata'))
    schema.at('properties', 'metadata').forbidden('inside of allOf, anyOf, oneOf and not');
  checkCommon(schema, { defaults: true, insideMetadata: false });
  checkAlternatives(schema, around, isFirstOfAll);
  if (schema.at('items').isSet) checkRestriction(schema.at('items'), definedAs(around, 'items'));
  for (const [name, property] of schema.at('properties').entries()) {
    checkRestriction(property, definedAs(around, 'properties', name));
  }
}

function definedAs(around: Field, ...path: readonly string[]): Field | undefined {
  const field = around.at(...path);
  return field.parent?.has(String(field.step)) === true ? field : undefined;
}
