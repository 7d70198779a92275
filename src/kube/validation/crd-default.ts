import type { Node } from '../../yaml/node.ts';
import type { Field } from './field.ts';

/** Checks that the default of a schema is a value that the schema allows. */
export function checkDefault(schema: Field): void {
  checkValue(schema.at('default'), schema);
}

/** A type of JSON Schema, as it is written. */
function typeOf(node: Node): string {
  if (node.kind === 'sequence') return 'array';
  if (node.kind === 'mapping') return 'object';
  if (typeof node.value === 'number') return Number.isInteger(node.value) ? 'integer' : 'number';
  return node.value === null ? 'null' : typeof node.value;
}

function isOfType(node: Node, schema: Field): boolean {
  const type = typeOf(node);
  if (schema.at('x-kubernetes-int-or-string').isTrue) return type === 'integer' || type === 'string';
  const wanted = schema.at('type').text;
  return wanted === '' || type === wanted || (wanted === 'number' && type === 'integer');
}

function checkValue(value: Field, schema: Field): void {
  const { node } = value;
  if (node === undefined) return;
  if (!isOfType(node, schema))
    return value.invalid('is not of the type of its schema', `Write a value of the type ${schema.at('type').text}`);
  const allowed = schema.at('enum');
  if (allowed.size > 0 && !allowed.items().some((each) => isSame(each.node, node))) {
    value.invalid('is not one of the values in enum', 'Write one of these values, or add it to enum');
  }
  if (value.number !== undefined) checkNumber(value, value.number, schema);
  else if (node.kind === 'scalar') checkLength(value, [...value.text].length, schema, 'minLength', 'maxLength');
  else if (node.kind === 'sequence') {
    checkLength(value, value.size, schema, 'minItems', 'maxItems');
    for (const item of value.items()) checkValue(item, schema.at('items'));
  } else checkObject(value, schema);
}

function checkNumber(value: Field, number: number, schema: Field): void {
  // The API server drops what is behind the point of a bound of an integer.
  const round = schema.at('type').text === 'integer' ? Math.trunc : (bound: number) => bound;
  const least = round(schema.at('minimum').number ?? -Infinity);
  const most = round(schema.at('maximum').number ?? Infinity);
  const isBelow = number < least || (number === least && schema.at('exclusiveMinimum').isTrue);
  const isAbove = number > most || (number === most && schema.at('exclusiveMaximum').isTrue);
  if (isBelow) value.invalid(`is less than minimum, ${least}`, 'Write a value that the schema allows');
  if (isAbove) value.invalid(`is more than maximum, ${most}`, 'Write a value that the schema allows');
}

function checkLength(value: Field, length: number, schema: Field, least: string, most: string): void {
  if (length < (schema.at(least).number ?? 0))
    value.invalid(`is shorter than ${least}`, 'Write a value that the schema allows');
  if (length > (schema.at(most).number ?? Infinity))
    value.invalid(`is longer than ${most}`, 'Write a value that the schema allows');
}

function checkObject(value: Field, schema: Field): void {
  const properties = schema.at('properties');
  const additional = schema.at('additionalProperties');
  const keepsAll =
    additional.isSet ||
    schema.at('x-kubernetes-preserve-unknown-fields').isTrue ||
    schema.at('x-kubernetes-embedded-resource').isTrue;
  for (const name of schema.at('required').texts()) {
    // A field that has a default of its own is filled in.
    if (!value.has(name) && !properties.at(name, 'default').isSet)
      value.invalid(`lacks ${name}, which is required`, `Add ${name}`);
  }
  for (const [name, field] of value.entries()) {
    if (properties.has(name)) checkValue(field, properties.at(name));
    else if (additional.node?.kind === 'mapping') checkValue(field, additional);
    else if (!keepsAll) field.invalid('is not a property of the schema', `Remove ${name}, or add it to the schema`);
  }
}

function isSame(a: Node | undefined, b: Node): boolean {
  if (a?.kind === 'scalar' && b.kind === 'scalar') return a.value === b.value;
  return a?.kind === b.kind && b.kind !== 'scalar';
}
