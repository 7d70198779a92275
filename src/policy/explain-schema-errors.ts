import type { OptionsError } from '../rule/registry.ts';
import type { Cursor, PathSegment } from '../yaml/cursor.ts';
import { isAddress, refuseAddress } from './network-address.ts';
import { errorAt, type PolicyError } from './policy-error.ts';
import { NOT_BLANK, type SchemaNode } from './policy-schema.ts';
import { enumerate } from '../text/enumerate.ts';
import { didYouMean, withArticle } from './words.ts';

/** What was validated: a whole policy file, or a rule's options that several files wrote together. */
export interface Validated {
  readonly schema: SchemaNode;
  /** Where a part of it is written. */
  locate(path: readonly PathSegment[]): Cursor;
  /** What a part without a title is called, as in `in a principle` and `of rule x`. */
  readonly owner: string;
  /** What a key is called: `key` or `option`. */
  readonly key: string;
}

/** Turns ajv's errors into sentences with places. All except those that another at the same place implies. */
export function explainSchemaErrors(errors: readonly OptionsError[], validated: Validated): PolicyError[] {
  const mistyped = new Set<string>();
  const anyOf = new Set<string>();
  for (const { keyword, instancePath } of errors) {
    if (keyword === 'anyOf') anyOf.add(instancePath);
    if (keyword === 'anyOf' || keyword === 'type') mistyped.add(instancePath);
  }
  const explained: PolicyError[] = [];
  for (const error of errors) {
    const { keyword, instancePath } = error;
    if (keyword === 'type' && anyOf.has(instancePath)) continue;
    if (keyword !== 'type' && keyword !== 'anyOf' && mistyped.has(instancePath)) continue;
    const found = explain(error, validated);
    if (found !== undefined) explained.push(found);
  }
  return explained;
}

function explain(error: OptionsError, validated: Validated): PolicyError | undefined {
  const { path, schema } = follow(error.instancePath, validated.schema);
  const place = validated.locate(path);
  const { params } = error;
  switch (error.keyword) {
    case 'type':
    case 'anyOf':
      if (path[0] === 'extends' && place.string !== undefined && isAddress(place.string)) {
        return errorAt(place, refuseAddress(place.string));
      }
      return errorAt(place, explainType(path, place, schema, validated));
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys(schema.properties ?? {});
      const message = `Unknown ${validated.key} "${key}" ${ownerOf(schema, validated)}.${didYouMean(key, known)}`;
      return errorAt(validated.locate([...path, key]).onKey, `${message}${allowed(known)}`);
    }
    case 'required': {
      const key = String(params['missingProperty']);
      return errorAt(place, explainMissing(key, schema, validated));
    }
    case 'enum': {
      const words = (schema.enum ?? []).map(String);
      const text = place.text ?? '';
      return errorAt(
        place,
        `${quotePath(path, validated)} cannot be "${text}".${didYouMean(text, words)}${allowed(words)}`,
      );
    }
    case 'pattern':
      // For the name of a key there is a second error, `propertyNames`.
      if (schema.pattern !== params['pattern']) return undefined;
      return errorAt(place, explainPattern(path, place, schema, validated));
    case 'propertyNames': {
      const key = String(params['propertyName']);
      const expected = describeSchema(schema.propertyNames ?? {});
      return errorAt(validated.locate([...path, key]).onKey, `"${key}" cannot be a name here.${expected}`);
    }
    case 'minItems': {
      const count = Number(params['limit']);
      const wanted = count === 1 ? 'one element' : `${count} elements`;
      return errorAt(place, `${quotePath(path, validated)} needs at least ${wanted}.`);
    }
    case 'minimum':
      return errorAt(
        place,
        `${quotePath(path, validated)} must be ${String(params['limit'])} or more, not ${place.text ?? ''}.`,
      );
    case 'maximum':
      return errorAt(
        place,
        `${quotePath(path, validated)} must be ${String(params['limit'])} or less, not ${place.text ?? ''}.`,
      );
    default:
      return errorAt(place, `${quotePath(path, validated)} is not valid.${describeSchema(schema)}`);
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function explainType(path: readonly PathSegment[], place: Cursor, schema: SchemaNode, validated: Validated): string {
  const types = schema.anyOf?.map(({ type }) => type ?? '') ?? [schema.type ?? ''];
  const expected = enumerate(
    types.map((type) => TYPE_NAMES[type] ?? type),
    'or',
  );
  const where = path.length === 0 ? '' : ` in ${quotePath(path, validated)}`;
  const wayOut = schema.enum === undefined ? hintFor(types, place) : allowed(schema.enum.map(String));
  return `Expected ${expected}${where}, found ${typeOf(place)}.${wayOut}`;
}

/** What stands at a place. */
function typeOf({ node }: Cursor): string {
  if (node?.kind === 'mapping') return 'a mapping';
  if (node?.kind === 'sequence') return 'a list';
  switch (typeof node?.value) {
    case 'string':
      return 'a string';
    case 'number':
      return 'a number';
    case 'boolean':
      return String(node?.value);
    default:
      return 'nothing';
  }
}

const LONGEST_HINT = 40;

/** How the value would be written, when that is clear. */
function hintFor(types: readonly string[], { node, text }: Cursor): string {
  if (node?.kind !== 'scalar' || node.value === null || text === undefined) return '';
  if (text.length > LONGEST_HINT || text.trim() === '' || text.includes('\n')) return '';
  if (types.includes('string')) return ` Quote it: "${text}".`;
  if (types.includes('array')) return ` Write [${text}].`;
  if (types.includes('boolean') && /^(?:yes|y|on|true)$/i.test(text)) return ' Write true.';
  if (types.includes('boolean') && /^(?:no|n|off|false)$/i.test(text)) return ' Write false.';
  if (types.some((type) => type === 'integer' || type === 'number') && /^\d+$/.test(text))
    return ` Write ${text} without quotes.`;
  return '';
}

function explainMissing(key: string, schema: SchemaNode, validated: Validated): string {
  if (schema.title === 'Ignore' && key === 'reason') {
    return 'An ignore needs a reason: add "reason" and say why the team accepts the finding.';
  }
  const only = schema.properties?.[key]?.enum;
  const example = only?.length === 1 ? `${key}: ${only[0]}` : key;
  return `Missing ${validated.key} "${key}" ${ownerOf(schema, validated)}. Add "${example}".`;
}

function explainPattern(
  path: readonly PathSegment[],
  { text = '' }: Cursor,
  schema: SchemaNode,
  validated: Validated,
): string {
  const name = quotePath(path, validated);
  if (schema.pattern === NOT_BLANK) return `${name} must not be empty.`;
  const example = schema.examples?.[0];
  if (example !== undefined) return `${name} cannot be "${text}". Write it like ${String(example)}.`;
  return `${name} cannot be "${text}".${describeSchema(schema) || ` Expected text that matches ${schema.pattern}.`}`;
}

function describeSchema({ description }: SchemaNode): string {
  return description === undefined ? '' : ` Expected: ${description}`;
}

function allowed(words: readonly string[]): string {
  return words.length === 0 ? '' : ` Allowed: ${words.join(', ')}.`;
}

function ownerOf(schema: SchemaNode, validated: Validated): string {
  return schema.title === undefined ? validated.owner : `in ${withArticle(schema.title)}`;
}

/** The last key on the way, with the list indexes after it: `"names[0]"`. */
function quotePath(path: readonly PathSegment[], validated: Validated): string {
  const lastKey = path.findLastIndex((segment) => typeof segment === 'string');
  if (lastKey === -1) return `The ${validated.key}`;
  const indexes = path.slice(lastKey + 1).map((index) => `[${index}]`);
  return `"${path[lastKey]}${indexes.join('')}"`;
}

/** ajv names places by JSON Pointers (RFC 6901), which do not tell a key from an index; the schema does. */
function follow(pointer: string, root: SchemaNode): { path: PathSegment[]; schema: SchemaNode } {
  const path: PathSegment[] = [];
  let schema: SchemaNode = root;
  for (const written of pointer.split('/').slice(1)) {
    const segment = written.replaceAll('~1', '/').replaceAll('~0', '~');
    if (schema.type === 'array') {
      path.push(Number(segment));
      schema = schema.items ?? {};
    } else {
      path.push(segment);
      schema = propertyOf(schema, segment);
    }
  }
  return { path, schema };
}

function propertyOf({ properties, additionalProperties }: SchemaNode, key: string): SchemaNode {
  const named = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (named !== undefined) return named;
  return additionalProperties === undefined || additionalProperties === false ? {} : additionalProperties;
}
