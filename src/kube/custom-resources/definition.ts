import { entryOf, type Node } from '../../yaml/node.ts';
import { Schema } from './schema.ts';

/** A version of a kind of custom resources. */
export interface CustomVersion {
  readonly name: string;
  readonly isServed: boolean;
  readonly schema: Schema | undefined;
  /** Whether `status` is dropped when an object is created: only controllers write it. */
  readonly hasStatusSubresource: boolean;
  readonly scale: ScalePaths | undefined;
}

interface ScalePaths {
  readonly specReplicasPath: readonly string[];
}

/** A kind of custom resources, as a CustomResourceDefinition or a catalogue defines it. */
export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly CustomVersion[];
  /** Whether its objects are in a namespace; undefined where that is not known. */
  readonly isNamespaced?: boolean | undefined;
  /** Whether these are all the versions that there are. */
  readonly isComplete: boolean;
  /** Whether unknown fields are kept everywhere. */
  readonly preservesUnknownFields: boolean;
}

/** Reads a CustomResourceDefinition; undefined for what defines no kind. */
export function readDefinition(root: Node): CustomKind | undefined {
  const spec = at(root, 'spec');
  const group = text(at(spec, 'group'));
  const kind = text(at(spec, 'names', 'kind'));
  const versions = at(spec, 'versions');
  if (group === undefined || kind === undefined || versions?.kind !== 'sequence') return undefined;
  return {
    group,
    kind,
    versions: versions.items.flatMap((version) => readVersion(version, spec)),
    isNamespaced: text(at(spec, 'scope')) !== 'Cluster',
    isComplete: true,
    preservesUnknownFields: isTrue(at(spec, 'preserveUnknownFields')),
  };
}

function readVersion(version: Node, spec: Node | undefined): CustomVersion[] {
  const name = text(at(version, 'name'));
  if (name === undefined) return [];
  // In v1beta1 what all versions have in common stands in the spec.
  const root = at(version, 'schema', 'openAPIV3Schema') ?? at(spec, 'validation', 'openAPIV3Schema');
  const subresources = at(version, 'subresources') ?? at(spec, 'subresources');
  const replicas = text(at(subresources, 'scale', 'specReplicasPath'));
  return [
    {
      name,
      isServed: isTrue(at(version, 'served')),
      schema: root === undefined ? undefined : Schema.of({ root, isJsonSchema: false }),
      hasStatusSubresource: at(subresources, 'status') !== undefined,
      scale: replicas === undefined ? undefined : { specReplicasPath: replicas.replace(/^\./, '').split('.') },
    },
  ];
}

/** A version that a JSON Schema describes. */
export function versionOfJsonSchema(name: string, root: Node): CustomVersion {
  const schema = Schema.of({ root, isJsonSchema: true });
  return { name, isServed: true, schema, hasStatusSubresource: false, scale: undefined };
}

function at(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let found = node;
  for (const key of path) found = found?.kind === 'mapping' ? entryOf(found, key)?.value : undefined;
  return found?.kind === 'scalar' && found.value === null ? undefined : found;
}

function text(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}
