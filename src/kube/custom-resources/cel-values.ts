import { Duration } from '@marcbachmann/cel-js/evaluator';
import type { Node } from '../../yaml/node.ts';
import type { Schema } from './schema.ts';
import { escapeName } from '../cel/escape-name.ts';
import { parseLenientDuration } from '../string-formats.ts';
import { isNull } from './value-type.ts';

/** What cannot be written in CEL, though it is there: no rule can be judged that looks at it. */
export class NotInCel extends Error {}

const NANOS = 1_000_000_000n;

/**
 * Turns values into those of CEL, each of which is converted once. Only what has a type in the schema is seen.
 * Source: UnstructuredToVal and SchemaDeclType in k8s.io/apiserver.
 */
export class CelValues {
  readonly #converted = new WeakMap<Schema, WeakMap<Node, unknown>>();

  of(node: Node, schema: Schema, isResource: boolean): unknown {
    let ofSchema = this.#converted.get(schema);
    if (ofSchema === undefined) this.#converted.set(schema, (ofSchema = new WeakMap()));
    if (!ofSchema.has(node)) ofSchema.set(node, this.#convert(node, schema, isResource));
    return ofSchema.get(node);
  }

  #convert(node: Node, schema: Schema, isResource: boolean): unknown {
    if (isNull(node)) return null;
    const value = node.kind === 'scalar' ? node.value : undefined;
    if (schema.isIntOrString) {
      return typeof value === 'string' ? value : integerOf(node);
    }
    switch (typeNameOf(schema)) {
      case 'object':
        return this.#object(node, schema, isResource);
      case 'array': {
        const { items } = schema;
        if (node.kind !== 'sequence' || items === undefined) throw new NotInCel();
        return node.items.map((item) => this.of(item, items, items.isEmbeddedResource));
      }
      case 'string':
        if (typeof value !== 'string') throw new NotInCel();
        return textOf(value, schema);
      case 'number':
        if (typeof value !== 'number') throw new NotInCel();
        return value;
      case 'integer':
        return integerOf(node);
      case 'boolean':
        if (typeof value !== 'boolean') throw new NotInCel();
        return value;
      default:
        throw new NotInCel();
    }
  }

  #object(node: Node, schema: Schema, isResource: boolean): Map<string, unknown> {
    if (node.kind !== 'mapping') throw new NotInCel();
    const object = new Map<string, unknown>();
    const { additional } = schema;
    const isMap = !schema.hasProperties && typeof additional === 'object';
    for (const { key, value } of node.entries) {
      // Of an object, a field that is null is absent.
      if (!isMap && isNull(value)) continue;
      const name = isMap ? key : escapeName(key);
      if (isResource && (key === 'apiVersion' || key === 'kind')) object.set(key, scalarOf(value));
      else if (isResource && key === 'metadata') object.set(key, metadataOf(value));
      else {
        const field = isMap ? additional : schema.property(key);
        if (name !== undefined && field !== undefined && isSeen(field)) {
          object.set(name, this.of(value, field, field.isEmbeddedResource));
        }
      }
    }
    return object;
  }
}

/** The type that CEL takes a schema for. JSON Schemas may name several. */
function typeNameOf(schema: Schema): string | undefined {
  const types = schema.types.filter((type) => type !== 'null');
  return types.length === 1 ? types[0] : undefined;
}

const seen = new WeakMap<Schema, boolean>();

/** Whether rules see what a schema describes: it must have a type all the way down. */
export function isSeen(schema: Schema): boolean {
  let known = seen.get(schema);
  if (known === undefined) {
    // A schema that refers to itself has no type all the way down.
    seen.set(schema, false);
    seen.set(schema, (known = hasTypes(schema)));
  }
  return known;
}

function hasTypes(schema: Schema): boolean {
  if (schema.isIntOrString) return true;
  const { items, additional } = schema;
  switch (typeNameOf(schema)) {
    case 'array':
      return items !== undefined && isSeen(items);
    case 'object':
      return typeof additional !== 'object' || isSeen(additional);
    case undefined:
      return false;
    default:
      return true;
  }
}

function integerOf(node: Node): bigint {
  if (node.kind !== 'scalar' || typeof node.value !== 'number' || !Number.isInteger(node.value)) throw new NotInCel();
  return node.integer ?? BigInt(node.value);
}

function scalarOf(node: Node): unknown {
  return node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
}

/** Of metadata, rules see the names alone. */
function metadataOf(node: Node): Map<string, unknown> {
  const entries = node.kind === 'mapping' ? node.entries : [];
  const names = entries.filter(({ key, value }) => ['name', 'generateName'].includes(key) && !isNull(value));
  return new Map(names.map(({ key, value }) => [key, scalarOf(value)]));
}

function textOf(text: string, schema: Schema): unknown {
  switch (schema.formatName) {
    case 'byte':
      return new Uint8Array(Buffer.from(text, 'base64url'));
    case 'date':
    case 'date-time': {
      const date = new Date(text.includes('T') || text.length > 10 ? text : `${text}T00:00:00Z`);
      if (Number.isNaN(date.getTime())) throw new NotInCel();
      return date;
    }
    case 'duration': {
      const nanos = parseLenientDuration(text);
      if (nanos === undefined) throw new NotInCel();
      return new Duration(nanos / NANOS, Number(nanos % NANOS));
    }
    default:
      return text;
  }
}
