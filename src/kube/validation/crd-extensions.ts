import type { Field } from './field.ts';

const LIST_TYPES = ['atomic', 'set', 'map'];
const MAP_TYPES = ['atomic', 'granular'];

/** `x-kubernetes-…` of a schema. */
export function checkExtensions(schema: Field, insideMetadata: boolean): void {
  const preserve = schema.at('x-kubernetes-preserve-unknown-fields');
  const embedded = schema.at('x-kubernetes-embedded-resource');
  const isIntOrString = schema.at('x-kubernetes-int-or-string').isTrue;
  if (preserve.isFalse) preserve.invalid('is false', 'Write true, or remove the field');
  for (const field of [preserve, embedded]) {
    if (isIntOrString && field.isTrue)
      field.invalid('is true beside x-kubernetes-int-or-string', 'Remove one of the two');
  }
  if (embedded.isTrue) {
    if (insideMetadata) embedded.forbidden('inside of metadata');
    if (schema.at('additionalProperties').isSet)
      schema.at('additionalProperties').forbidden('for an embedded resource');
    if (!preserve.isTrue && schema.at('properties').size === 0) {
      schema
        .at('properties')
        .required('for an embedded resource', 'Add properties, or x-kubernetes-preserve-unknown-fields: true');
    }
  }
  checkMapType(schema);
  checkListType(schema);
  checkRules(schema.at('x-kubernetes-validations'));
}

function checkMapType(schema: Field): void {
  const type = schema.at('x-kubernetes-map-type');
  if (!type.isSet) return;
  if (schema.at('type').text !== 'object') wantType(schema, 'object', 'x-kubernetes-map-type');
  if (!MAP_TYPES.includes(type.text)) type.notSupported(MAP_TYPES);
}

function wantType(schema: Field, type: string, by: string): void {
  const field = schema.at('type');
  if (field.isEmpty) field.required(`to be ${type} where there is ${by}`);
  else field.invalid(`is not ${type}, but there is ${by}`, `Write type: ${type}, or remove ${by}`);
}

function checkListType(schema: Field): void {
  const type = schema.at('x-kubernetes-list-type');
  const keys = schema.at('x-kubernetes-list-map-keys');
  const items = schema.at('items');
  if (keys.size > 0 && type.text !== 'map') {
    if (type.isSet) type.invalid('is not map, but there are x-kubernetes-list-map-keys', 'Write map');
    else type.required('to be map where there are x-kubernetes-list-map-keys');
  }
  if (!type.isSet) return;
  if (schema.at('type').text !== 'array') wantType(schema, 'array', 'x-kubernetes-list-type');
  if (!LIST_TYPES.includes(type.text)) type.notSupported(LIST_TYPES);
  if (type.text === 'set') checkSet(items);
  if (type.text === 'map') checkMap(keys, items);
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
