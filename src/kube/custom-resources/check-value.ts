import type { Re2 } from '../../re2/re2.ts';
import { entryOf, toValue, type MappingNode, type Node } from '../../yaml/node.ts';
import { checkAlternatives } from './check-alternatives.ts';
import { canonical } from './canonical.ts';
import { FORMATS, FORMATS_SINCE } from '../string-formats.ts';
import { Issues } from './issues.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';
import { isNull, typeOf } from './value-type.ts';

/** What values are checked with. */
export interface ValueCheck {
  readonly issues: Issues;
  /** The minor version of Kubernetes 1. */
  readonly minor: number;
}

/**
 * Checks a value against a schema as the API server does once it has filled in defaults.
 * Source: package validate in k8s.io/kube-openapi.
 */
export function checkValue(node: Node, schema: Schema | undefined, place: Place, check: ValueCheck): void {
  if (schema === undefined) return;
  checkType(node, schema, place, check);
  if (isNull(node)) return checkEnum(node, schema, place, check);
  checkAlternatives(node, schema, place, check.issues, (alternative) => {
    const issues = new Issues();
    checkValue(node, alternative, place, { ...check, issues });
    return issues;
  });
  if (node.kind === 'sequence') checkItems(node.items, schema, place, check);
  else if (node.kind === 'mapping') checkFields(node, schema, place, check);
  else if (typeof node.value === 'string') checkText(node.value, schema, place, check);
  else if (typeof node.value === 'number') checkNumber(node.value, schema, place, check);
  checkEnum(node, schema, place, check);
}

function checkType(node: Node, schema: Schema, place: Place, { issues }: ValueCheck): void {
  const { types } = schema;
  const type = typeOf(node);
  if (type === 'null') {
    if (types.length > 0 && !schema.isNullable) issues.type(place, types, type);
    return;
  }
  const fits = types.includes(type) || (type === 'integer' && types.includes('number'));
  // With a format, the API server does not look at the type of a text or a list.
  const isPassedOver =
    schema.format !== '' &&
    (type === 'string' || type === 'array') &&
    !types.includes('number') &&
    !types.includes('integer');
  if (types.length > 0 && !fits && !isPassedOver) issues.type(place, types, type);
}

/** Of a longer list of allowed values, a message has the first ones. */
const MAX_NAMED_VALUES = 100;

function checkEnum(node: Node, schema: Schema, place: Place, { issues }: ValueCheck): void {
  const { allowed } = schema;
  if (allowed === undefined) return;
  // Null is never one of the values for the API server.
  const isAllowed = (!isNull(node) || schema.document.isJsonSchema) && allowed.has(canonical(node));
  const found = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
  if (!isAllowed)
    issues.notAllowed(place, (schema.enum ?? []).slice(0, MAX_NAMED_VALUES).map(toValue), allowed.size, found);
}

function checkText(text: string, schema: Schema, place: Place, { issues, minor }: ValueCheck): void {
  const { minLength, maxLength, format } = schema;
  const length = maxLength !== undefined || minLength !== undefined ? [...text].length : 0;
  const { compiledPattern } = schema;
  if (maxLength !== undefined && length > maxLength) {
    issues.invalid(
      place,
      `is longer than ${maxLength} characters`,
      `Use at most ${maxLength} characters`,
      'FieldValueTooLong',
    );
  } else if (minLength !== undefined && length < minLength) {
    const problem = text === '' ? 'is empty' : `is shorter than ${minLength} characters`;
    issues.invalid(place, problem, `Use at least ${minLength} ${minLength === 1 ? 'character' : 'characters'}`);
  } else if (compiledPattern !== undefined && !mayMatch(compiledPattern, text)) {
    issues.invalid(place, `does not match ${schema.pattern}`, 'Write a value that the pattern matches');
  }
  if (format === '' || (FORMATS_SINCE.get(format) ?? 0) > minor) return;
  if (FORMATS.get(format)?.(text) === false) issues.format(place, schema.formatName);
}

/** Whether a pattern matches; of a search that takes too long nothing is known, and so nothing is said. */
function mayMatch(pattern: Re2, text: string): boolean {
  try {
    return pattern.find(text) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}

function checkNumber(value: number, schema: Schema, place: Place, { issues }: ValueCheck): void {
  const isWhole = Number.isInteger(value);
  // Of a bound, the API server drops what is behind the point when it compares it with an integer.
  const round = isWhole ? Math.trunc : (bound: number) => bound;
  const minimum = schema.bound('minimum');
  const maximum = schema.bound('maximum');
  if (minimum !== undefined) {
    const least = round(minimum.value);
    if (value < least || (minimum.isExclusive && value === least)) {
      const words = minimum.isExclusive ? `${least} or less` : `less than ${least}`;
      issues.invalid(place, `is ${words}`, minimum.isExclusive ? `Write more than ${least}` : `Write ${least} or more`);
    }
  }
  if (maximum !== undefined) {
    const most = round(maximum.value);
    if (value > most || (maximum.isExclusive && value === most)) {
      const words = maximum.isExclusive ? `${most} or more` : `more than ${most}`;
      issues.invalid(place, `is ${words}`, maximum.isExclusive ? `Write less than ${most}` : `Write ${most} or less`);
    }
  }
  const { multipleOf } = schema;
  if (multipleOf !== undefined && !isMultiple(value, round(multipleOf))) {
    issues.invalid(place, `is not a multiple of ${multipleOf}`, `Write a multiple of ${multipleOf}`);
  }
}

function isMultiple(value: number, factor: number): boolean {
  if (factor <= 0) return false;
  if (Number.isInteger(value)) return value % factor === 0;
  const quotient = factor < 1 ? (1 / factor) * value : value / factor;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

function checkItems(items: readonly Node[], schema: Schema, place: Place, check: ValueCheck): void {
  const { issues } = check;
  const { minItems, maxItems, items: itemSchema } = schema;
  for (const [index, item] of items.entries()) checkValue(item, itemSchema, place.at(index), check);
  if (minItems !== undefined && items.length < minItems) {
    issues.invalid(place, `has fewer items than ${minItems}`, `Write at least ${countOf(minItems, 'item')}`);
  }
  if (maxItems !== undefined && items.length > maxItems) {
    issues.invalid(
      place,
      `has more than ${countOf(maxItems, 'item')}`,
      `Use at most ${countOf(maxItems, 'item')}`,
      'FieldValueTooMany',
    );
  }
  if (schema.hasUniqueItems && new Set(items.map(canonical)).size < items.length) {
    issues.invalid(place, 'holds the same item twice', 'Remove one of the two', 'FieldValueDuplicate');
  }
}

function checkFields(node: MappingNode, schema: Schema, place: Place, check: ValueCheck): void {
  const { issues } = check;
  const { minProperties, maxProperties } = schema;
  const { length } = node.entries;
  if (minProperties !== undefined && length < minProperties) {
    issues.invalid(
      place,
      `has fewer fields than ${minProperties}`,
      `Write at least ${countOf(minProperties, 'field')}`,
    );
  }
  if (maxProperties !== undefined && length > maxProperties) {
    issues.invalid(
      place,
      `has more than ${countOf(maxProperties, 'field')}`,
      `Use at most ${countOf(maxProperties, 'field')}`,
      'FieldValueTooMany',
    );
  }
  for (const { key, value } of node.entries) {
    for (const [pattern, fieldSchema] of schema.patternProperties) {
      if (pattern.find(key) !== undefined) checkValue(value, fieldSchema, place.at(key), check);
    }
    checkValue(value, schema.field(key), place.at(key), check);
  }
  for (const name of schema.required) if (entryOf(node, name) === undefined) issues.required(place, name);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
