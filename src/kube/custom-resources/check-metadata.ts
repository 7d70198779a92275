import { entryOf, type MappingNode, type Node } from '../../yaml/node.ts';
import type { Structures } from '../structure.ts';
import { Field, type Check, type Validation } from '../validation/field.ts';
import { DNS_LABEL_1035, DNS_SUBDOMAIN, PATH_SEGMENT } from '../validation/formats.ts';
import { metadata } from '../validation/metadata.ts';
import { apiOf } from '../validation/versions.ts';
import type { Issues } from './issues.ts';
import { Place } from './place.ts';
import type { Schema } from './schema.ts';

/** A kind without required fields of its own, so that what its structure says is about metadata alone. */
const PLAIN_KIND = ['v1', 'ConfigMap'] as const;

const ofResource = metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false });
const ofEmbedded = metadata({ name: PATH_SEGMENT, knownFinalizers: false, needsName: false });

/** Whether `metadata` of an object is decoded; fields that it does not have are unknown. */
export function decodeMetadata(object: Node, place: Place, structures: Structures, issues: Issues): void {
  const entry = object.kind === 'mapping' ? entryOf(object, 'metadata') : undefined;
  if (object.kind !== 'mapping' || entry === undefined) return;
  const alone: MappingNode = { ...object, entries: [entry] };
  const options = { unknownFields: 'all', decodingOnly: true } as const;
  for (const issue of structures.check(...PLAIN_KIND, alone, options)) {
    issues.all.push({ by: 'decoding', ...issue, path: [...place.path, ...issue.path] });
  }
}

/** `metadata` of the resource, once it is decoded. */
export function checkMetadata(object: Node, issues: Issues): void {
  validate(object, Place.root, ofResource, issues);
}

function validate(object: Node, place: Place, check: Check, issues: Issues): void {
  const validation: Validation = { api: apiOf(undefined), isNamespaced: true, issues: [] };
  check(new Field(object, undefined, '', validation));
  for (const issue of validation.issues) issues.all.push({ by: 'validation', ...prefixed(issue, place) });
}

function prefixed<T extends { readonly path: readonly (string | number)[] }>(issue: T, place: Place): T {
  return { ...issue, path: [...place.path, ...issue.path] };
}

/** Resources inside of the resource. Source: package objectmeta in k8s.io/apiextensions-apiserver. */
export function checkEmbedded(
  node: Node,
  schema: Schema | undefined,
  place: Place,
  context: { readonly structures: Structures; readonly issues: Issues },
): void {
  if (schema === undefined) return;
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) checkEmbedded(item, schema.items, place.at(index), context);
  }
  if (node.kind !== 'mapping') return;
  if (schema.isEmbeddedResource) checkResource(node, place, context);
  for (const { key, value } of node.entries) checkEmbedded(value, schema.field(key), place.at(key), context);
}

function checkResource(
  node: MappingNode,
  place: Place,
  { structures, issues }: { readonly structures: Structures; readonly issues: Issues },
): void {
  for (const name of ['apiVersion', 'kind']) {
    const value = entryOf(node, name)?.value;
    if (value === undefined) issues.required(place, name);
    else if (value.kind !== 'scalar' || typeof value.value !== 'string') {
      issues.invalid(place.at(name), 'is not a string', `Quote the value of ${name}`);
    } else if (value.value === '') issues.invalid(place.at(name), 'is empty', `Write the ${name} of the object`);
    else if (
      name === 'apiVersion' ? value.value.split('/').length > 2 : !DNS_LABEL_1035.test(value.value.toLowerCase())
    ) {
      issues.invalid(
        place.at(name),
        `is not ${name === 'kind' ? 'a kind' : 'an API version'}`,
        `Write ${name === 'kind' ? 'a kind, as in ConfigMap' : 'a group and a version, as in apps/v1'}`,
      );
    }
  }
  const before = issues.all.length;
  decodeMetadata(node, place, structures, issues);
  if (issues.all.length === before) validate(node, place, ofEmbedded, issues);
}
