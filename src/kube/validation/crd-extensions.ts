import type { KeywordCheck } from './crd-keyword.ts';
import type { Field } from './field.ts';

const LIST_TYPES = ['atomic', 'set', 'map'];
const MAP_TYPES = ['atomic', 'granular'];

const preserveUnknownFields: KeywordCheck = (value, schema) => {
  if (value.isFalse) value.invalid('is false', 'Write true, or remove the field');
  notBesideIntOrString(value, schema);
};

function notBesideIntOrString(value: Field, schema: Field): void {
  if (value.isTrue && schema.at('x-kubernetes-int-or-string').isTrue) {
    value.invalid('is true beside x-kubernetes-int-or-string', 'Remove one of the two');
  }
}

const embeddedResource: KeywordCheck = (value, schema, { insideMetadata }) => {
  if (!value.isTrue) return;
  notBesideIntOrString(value, schema);
  if (insideMetadata) value.forbidden('inside of metadata');
  if (schema.says('additionalProperties')) schema.at('additionalProperties').forbidden('for an embedded resource');
  if (!schema.at('x-kubernetes-preserve-unknown-fields').isTrue && schema.at('properties').size === 0) {
    schema
      .at('properties')
      .required('for an embedded resource', 'Add properties, or x-kubernetes-preserve-unknown-fields: true');
  }
};

const intOrString: KeywordCheck = () => undefined;

/** `x-kubernetes-…` of a schema. */
export const EXTENSIONS: readonly (readonly [string, KeywordCheck])[] = [
  ['x-kubernetes-embedded-resource', embeddedResource],
  ['x-kubernetes-int-or-string', intOrString],
  ['x-kubernetes-list-map-keys', (_, schema) => checkKeysOfList(schema)],
  ['x-kubernetes-list-type', (_, schema) => checkListType(schema)],
  ['x-kubernetes-map-type', (_, schema) => checkMapType(schema)],
  ['x-kubernetes-preserve-unknown-fields', preserveUnknownFields],
  ['x-kubernetes-validations', (rules) => checkRules(rules)],
];

function checkMapType(schema: Field): void {
  const type = schema.at('x-kubernetes-map-type');
  if (schema.at('type').text !== 'object') wantType(schema, 'object', 'x-kubernetes-map-type');
  if (!MAP_TYPES.includes(type.text)) type.notSupported(MAP_TYPES);
}

function wantType(schema: Field, type: string, by: string): void {
  const field = schema.at('type');
  if (field.isEmpty) field.required(`to be ${type} where there is ${by}`);
  else field.invalid(`is not ${type}, but there is ${by}`, `Write type: ${type}, or remove ${by}`);
}

function checkKeysOfList(schema: Field): void {
  const type = schema.at('x-kubernetes-list-type');
  if (type.text === 'map' || schema.at('x-kubernetes-list-map-keys').size === 0) return;
  if (type.isSet) type.invalid('is not map, but there are x-kubernetes-list-map-keys', 'Write map');
  else type.required('to be map where there are x-kubernetes-list-map-keys');
}

function checkListType(schema: Field): void {
  const type = schema.at('x-kubernetes-list-type');
  const items = schema.at('items');
  if (schema.at('type').text !== 'array') wantType(schema, 'array', 'x-kubernetes-list-type');
  if (!LIST_TYPES.includes(type.text)) type.notSupported(LIST_TYPES);
  if (type.text === 'set') checkSet(items);
  if (type.text === 'map') checkMap(schema.at('x-kubernetes-list-map-keys'), items);
  if ((type.text === 'set' || type.text === 'map') && items.at('nullable').isTrue) {
    items.at('nullable').forbidden(`in a list that is a ${type.text}`);
  }
}

/** The items of a set are compared as a whole. */
function checkSet(items: Field): void {
  const [kind, wanted] = items.at('type').text === 'array' ? ['list', 'array'] : ['map', 'object'];
  if (items.at('type').text !== wanted) return;
  const type = items.at(`x-kubernetes-${kind}-type`);
  const isAtomic = kind === 'list' ? !type.isSet || type.text === 'atomic' : type.text === 'atomic';
  if (!isAtomic) type.invalid('is not atomic, but the list is a set', 'Write atomic');
}

function checkMap(keys: Field, items: Field): void {
  if (keys.size === 0) keys.required('where x-kubernetes-list-type is map');
  if (!items.isSet) return items.required('where x-kubernetes-list-type is map');
  if (items.at('type').text !== 'object') {
    return items.at('type').invalid('is not object, but the list is a map', 'Write type: object');
  }
  const needed = items.at('required').texts();
  const seen = new Set<string>();
  for (const key of keys.items()) {
    const property = items.at('properties', key.text);
    if (!items.at('properties').has(key.text))
      key.invalid('is not a property of the items', 'Write the name of a property');
    else if (['array', 'object'].includes(property.at('type').text)) {
      property
        .at('type')
        .invalid('is not a scalar, but the property is a key of the list', 'Use a property with one value');
    }
    if (seen.has(key.text)) key.duplicate(`the key ${key.text}`);
    seen.add(key.text);
    if (property.isSet && !needed.includes(key.text) && !property.at('default').isSet) {
      property
        .at('default')
        .required('for a key of the list that is not required', 'Add a default, or make the property required');
    }
    if (property.at('nullable').isTrue) property.at('nullable').forbidden('for a key of the list');
  }
}

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

function checkRules(rules: Field): void {
  for (const item of rules.items()) {
    const rule = item.at('rule');
    const message = item.at('message');
    if (rule.text.trim() === '') rule.required();
    else if (message.text !== '' && message.text.trim() === '')
      message.invalid('is blank', 'Write a message, or remove the field');
    else if (/[\n\r]/.test(message.text.trim())) message.invalid('has several lines', 'Write one line');
    else if (/[\n\r]/.test(rule.text.trim()) && message.text.trim() === '')
      message.required('where the rule has several lines');
    const expression = item.at('messageExpression');
    if (expression.text !== '' && expression.text.trim() === '') expression.required();
    const reason = item.at('reason');
    if (reason.isSet && !REASONS.includes(reason.text)) reason.notSupported(REASONS);
    const path = item.at('fieldPath');
    if (/[\n\r]/.test(path.text) || (path.text !== '' && path.text.trim() === ''))
      path.invalid('is not a path', 'Write a path such as .spec.size');
  }
}
