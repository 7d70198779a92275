import { nearMiss } from '../../text/near-miss.ts';
import { entryOf, type MappingNode, type Node } from '../../yaml/node.ts';
import type { Issues } from './issues.ts';
import { Place } from './place.ts';
import type { Schema } from './schema.ts';
import { isNull } from './value-type.ts';

/** What every resource has, whatever its schema says. */
const META_FIELDS = ['apiVersion', 'kind', 'metadata'];

/**
 * Finds the fields that the API server prunes, and so refuses with strict validation.
 * Source: pruning/algorithm.go in k8s.io/apiextensions-apiserver.
 */
export function findUnknownFields(node: Node, schema: Schema, issues: Issues): void {
  if (schema.document.isJsonSchema) findExcluded(node, schema, Place.root, issues);
  else prune(node, schema, Place.root, issues);
}

function prune(node: Node, schema: Schema | undefined, place: Place, issues: Issues): void {
  if (node.kind === 'sequence') {
    // Where unknown fields are kept, those of the items are too, unless their schema knows better.
    for (const [index, item] of node.items.entries()) {
      if (schema?.preservesUnknownFields === true) keep(item, schema.items, place.at(index), issues);
      else prune(item, schema?.items, place.at(index), issues);
    }
  } else if (node.kind === 'mapping') {
    if (schema?.preservesUnknownFields === true) return keep(node, schema, place, issues);
    for (const { key, value } of node.entries) {
      if (isMeta(key, schema, place)) continue;
      if (schema !== undefined && isKnown(key, schema)) prune(value, schema.field(key), place.at(key), issues);
      else issues.unknown(place, key, suggest(key, schema, node));
    }
  }
}

function keep(node: Node, schema: Schema | undefined, place: Place, issues: Issues): void {
  if (schema === undefined) return;
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) keep(item, schema.items, place.at(index), issues);
  } else if (node.kind === 'mapping') {
    for (const { key, value } of node.entries) {
      if (!isMeta(key, schema, place) && isKnown(key, schema)) prune(value, schema.field(key), place.at(key), issues);
    }
  }
}

/** A catalogue says for each object itself whether there may be other fields. */
function findExcluded(node: Node, schema: Schema | undefined, place: Place, issues: Issues): void {
  if (schema === undefined) return;
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) findExcluded(item, schema.items, place.at(index), issues);
    return;
  }
  if (node.kind !== 'mapping') return;
  const isResource = place === Place.root;
  // Catalogues leave the resource itself open, and the API server does not.
  const isClosed =
    schema.additional === false || (isResource && schema.hasProperty('spec') && schema.additional === undefined);
  for (const { key, value } of node.entries) {
    if (isMeta(key, schema, place)) continue;
    const fits = schema.patternProperties.some(([pattern]) => pattern.find(key) !== undefined);
    if (schema.hasProperty(key) || fits || !isClosed || schema.preservesUnknownFields) {
      findExcluded(value, schema.field(key), place.at(key), issues);
    } else issues.unknown(place, key, suggest(key, schema, node));
  }
}

function isMeta(key: string, schema: Schema | undefined, place: Place): boolean {
  return META_FIELDS.includes(key) && (place === Place.root || schema?.isEmbeddedResource === true);
}

function isKnown(key: string, schema: Schema): boolean {
  return schema.hasProperty(key) || schema.additional !== undefined;
}

/** The absent field that a name is near to. */
function suggest(name: string, schema: Schema | undefined, node: MappingNode): string | undefined {
  const absent = (schema?.propertyNames ?? []).filter((known) => {
    const entry = entryOf(node, known);
    return entry === undefined || isNull(entry.value);
  });
  const near = nearMiss(name, absent);
  const isCertain = near !== undefined && (name.length >= 4 || near.toLowerCase() === name.toLowerCase());
  return isCertain ? near : absent.find((field) => `${name}s` === field || `${field}s` === name);
}
